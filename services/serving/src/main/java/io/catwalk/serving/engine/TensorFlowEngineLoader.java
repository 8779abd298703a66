package io.catwalk.serving.engine;

import java.nio.file.Path;

import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.UnloadableModelException;
import jakarta.inject.Singleton;

/** Loads SavedModels into TensorFlow. */
@Singleton
public final class TensorFlowEngineLoader implements EngineLoader {
    @Override
    public Engine load(Path folder) {
        try {
            return new TensorFlowEngine(SavedModelClassifier.load(folder));
        } catch (UnloadableModelException e) {
            throw new UnusableModelException(e.getMessage(), e);
        }
    }
}
