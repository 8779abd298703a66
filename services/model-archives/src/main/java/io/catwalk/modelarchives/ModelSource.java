package io.catwalk.modelarchives;

import java.io.UncheckedIOException;

import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreUnavailableException;

/** Loads models. */
@FunctionalInterface
public interface ModelSource {
    /**
     * Loads a model, which the caller closes.
     *
     * @param digest of the stored model
     * @throws UnloadableModelException when it is missing, damaged, too large, or not allowed to be loaded
     * @throws StoreUnavailableException when it couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails, for example as it is full
     */
    Classifier open(ModelFormat format, Digest digest);
}
