package io.catwalk.network.preset;

/**
 * How long and in what order a preset is trained unless a request says otherwise.
 *
 * @param batchSize images a step
 * @param shuffled whether each epoch has an order of its own
 */
public record Recipe(int epochs, int batchSize, boolean shuffled) {
    public Recipe {
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batchSize must be at least 1, not %d and %d".formatted(epochs, batchSize));
        }
    }

    /** The tutorial's: 200 epochs of batches of 128, always in the same order. */
    static Recipe tutorial() {
        return new Recipe(200, 128, false);
    }
}
