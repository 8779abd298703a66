package io.catwalk.network.preset;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

/**
 * A preset's default epochs, batch size, learning rate and order of the images.
 *
 * @param batchSize images a step
 * @param learningRate the schedule's highest, above 0
 * @param shuffled whether each epoch is shuffled
 */
public record Recipe(int epochs, int batchSize, double learningRate, boolean shuffled) {
    public Recipe {
        requireAtLeastOne("epochs", epochs);
        requireAtLeastOne("batchSize", batchSize);
        requirePositive("learningRate", learningRate);
    }

    /** The tutorial's: 200 epochs of batches of 128, with a learning rate of 0.001, always in the same order. */
    static Recipe tutorial() {
        return new Recipe(200, 128, 1e-3, false);
    }
}
