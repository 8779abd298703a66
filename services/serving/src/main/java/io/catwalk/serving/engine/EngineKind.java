package io.catwalk.serving.engine;

import io.catwalk.modelarchives.ModelFormat;

/** The inference engines. */
public enum EngineKind {
    TENSORFLOW("tensorflow", "tensorflow_savedmodel", ModelFormat.SAVED_MODEL),
    ONNX("onnx", "onnxruntime_onnx", ModelFormat.ONNX);

    private final String label;
    private final String platform;
    private final ModelFormat format;

    EngineKind(String label, String platform, ModelFormat format) {
        this.label = label;
        this.platform = platform;
        this.format = format;
    }

    /** The engine's name in metrics and in the answers' headers. */
    public String label() {
        return label;
    }

    /** The platform in the Open Inference Protocol's metadata, by Triton's names. */
    public String platform() {
        return platform;
    }

    /** The format of the models that it runs. */
    public ModelFormat format() {
        return format;
    }
}
