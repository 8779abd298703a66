package io.catwalk.network.layer;

/** How a sliding window treats the image's edge, in TensorFlow's terms. */
public enum Padding {
    /** SAME: the last windows may reach past the edge, where convolutions see zeros and poolings nothing. */
    SAME,
    /** VALID: only windows within the image. */
    VALID
}
