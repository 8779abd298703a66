package io.catwalk.serving.engine;

import java.nio.file.Path;

/** Brings an unpacked model into memory. */
public interface EngineLoader {
    /**
     * Loads the model that lies in a folder. The engine needs the folder no more once this returns.
     *
     * @throws UnusableModelException when it isn't a model that can be served
     */
    Engine load(Path folder);
}
