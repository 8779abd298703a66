package io.catwalk.serving.engine;

import java.util.Map;

import io.catwalk.objectstore.Name;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which engines run the models. */
@ConfigMapping(prefix = "catwalk.engine")
public interface EngineConfig {
    /** The choice for models without one of their own: auto, tensorflow or onnx. */
    @WithDefault("auto")
    EngineChoice choice();

    /** The choices for single models, by name. */
    Map<String, EngineChoice> models();

    /**
     * Threads that ONNX Runtime computes one batch with. With 1 the batches of several requests run beside each other, which
     * answers the most requests a second; more shorten the answers of a large model with few callers.
     */
    @WithDefault("1")
    int onnxThreads();

    /** The choice for a model. */
    default EngineChoice of(Name model) {
        return models().getOrDefault(model.value(), choice());
    }
}
