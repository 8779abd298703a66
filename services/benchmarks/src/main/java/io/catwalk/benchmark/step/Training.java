package io.catwalk.benchmark.step;

/** An implementation of training the tutorial's network by Adam with a learning rate of 0.001. */
interface Training extends AutoCloseable {
    /**
     * Makes one step.
     *
     * @param images {@code batch * 28 * 28} values within 0..1, row-major
     * @param number the step's, from 0
     * @return the batch's loss, so that the work isn't eliminated
     */
    float step(float[] images, int[] labels, long number);

    @Override
    void close();
}
