package io.catwalk.evaluation.model;

import java.io.UncheckedIOException;

import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreUnavailableException;

/** Where models come from. */
@FunctionalInterface
public interface ModelSource {
    /**
     * Loads a model, to be closed by the caller.
     *
     * @param archive of the SavedModel
     * @throws UnusableModelException when it is missing, damaged, or no model that may be loaded
     * @throws StoreUnavailableException when it couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails, as a full one
     */
    ScorableModel open(Digest archive);
}
