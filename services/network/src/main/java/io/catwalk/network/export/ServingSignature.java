package io.catwalk.network.export;

/** The tag, signature and tensor names of exported models. */
public final class ServingSignature {
    /** The tag of the one graph in the SavedModel. */
    public static final String TAG = "serve";

    public static final String NAME = "serving_default";

    /** Input, float32 {@code [-1, height, width, channels]}, values within 0..1. */
    public static final String IMAGES = "images";

    /** Output, float32 {@code [-1, classes]}, each row adding up to 1. */
    public static final String PROBABILITIES = "probabilities";

    /** Output, float32 {@code [-1, classes]}: the softmax's input. */
    public static final String LOGITS = "logits";

    private ServingSignature() {}
}
