package io.catwalk.network.inference;

/** A loaded model. Any number of threads may call it at once; a close waits for running calls. */
public interface Classifier extends AutoCloseable {
    ModelSignature signature();

    /**
     * Probabilities of each class for each image. Native memory grows with {@code count}: split large sets.
     *
     * @param images {@code count * height * width * channels} values within 0..1, row-major
     * @return {@code count * classes} values, image by image
     * @throws IllegalArgumentException when {@code images} has another length, or {@code count} is below 1
     * @throws IllegalStateException after {@link #close}
     */
    float[] probabilities(float[] images, int count);

    /** The softmax's input; arguments and errors as for {@link #probabilities}. */
    float[] logits(float[] images, int count);

    /** Frees the native memory; a second call does nothing. */
    @Override
    void close();
}
