package io.catwalk.modelarchives;

/** The forms in which a model is stored. */
public enum ModelFormat {
    /** A SavedModel's archive, for TensorFlow. */
    SAVED_MODEL,
    /** An {@code .onnx} file, for ONNX Runtime. */
    ONNX
}
