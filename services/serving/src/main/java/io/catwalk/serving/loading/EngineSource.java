package io.catwalk.serving.loading;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.UnusableModelException;
import io.catwalk.serving.registry.ModelVersion;

/** Where a version's engine comes from. */
public interface EngineSource {
    /**
     * Brings a version into memory.
     *
     * @throws UnusableModelException when its content isn't what was published, or can't be served
     * @throws RuntimeException for anything else, which may pass: the store is away, the disk is full
     */
    Engine open(ModelVersion version);
}
