package io.catwalk.serving.engine;

/** Which engine runs a model. */
public enum EngineChoice {
    /** ONNX Runtime for versions with a published ONNX export, TensorFlow for the others. */
    AUTO,
    TENSORFLOW,
    /** ONNX Runtime alone: versions without an export aren't served. */
    ONNX
}
