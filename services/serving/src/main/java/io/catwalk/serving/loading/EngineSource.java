package io.catwalk.serving.loading;

import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.registry.ModelVersion;

/** Loads the engine of a version. */
public interface EngineSource {
    /**
     * Loads a version.
     *
     * @throws UnloadableModelException when its content isn't what was published, or can't be served
     * @throws RuntimeException for anything else, which a retry may resolve: the store is unavailable, the disk is full
     */
    Engine open(ModelVersion version);
}
