package io.catwalk.serving.engine;

import java.nio.file.Path;

/** Loads unpacked models. */
public interface EngineLoader {
    /**
     * Loads the model in a folder, which can be deleted afterwards.
     *
     * @throws UnusableModelException when it isn't a model that can be served
     */
    Engine load(Path folder);
}
