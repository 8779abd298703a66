package io.catwalk.evaluation.model;

import java.io.UncheckedIOException;

import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreUnavailableException;

/** Loads models. */
@FunctionalInterface
public interface ModelSource {
    /**
     * Loads a model, which the caller closes.
     *
     * @param archive of the SavedModel
     * @throws UnusableModelException when it is missing, damaged, or not allowed to be loaded
     * @throws StoreUnavailableException when it couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails, for example as it is full
     */
    ScorableModel open(Digest archive);
}
