package io.catwalk.network.preset;

/**
 * A preset's default epochs, batch size, learning rate and order of the images.
 *
 * @param batchSize images a step
 * @param learningRate the schedule's highest, above 0
 * @param shuffled whether each epoch is shuffled
 */
public record Recipe(int epochs, int batchSize, double learningRate, boolean shuffled) {
    public Recipe {
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batchSize must be at least 1, not %d and %d".formatted(epochs, batchSize));
        }
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learningRate must be above 0 and finite, not " + learningRate);
        }
    }

    /** The tutorial's: 200 epochs of batches of 128, with a learning rate of 0.001, always in the same order. */
    static Recipe tutorial() {
        return new Recipe(200, 128, 1e-3, false);
    }
}
