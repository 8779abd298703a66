package io.catwalk.training.loop;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

import java.util.Optional;

/**
 * What a run does, beside network, hyperparameters and data.
 *
 * @param batchSize images a step
 * @param testEachEpoch whether the test set is scored after each epoch too
 */
public record LoopSettings(
        int epochs, int batchSize, DataOrder order, boolean testEachEpoch, Optional<EarlyStopping> earlyStopping) {
    /** Without early stopping. */
    public LoopSettings(int epochs, int batchSize, DataOrder order, boolean testEachEpoch) {
        this(epochs, batchSize, order, testEachEpoch, Optional.empty());
    }

    public LoopSettings {
        requireAtLeastOne("epochs", epochs);
        requireAtLeastOne("batchSize", batchSize);
    }
}
