package io.catwalk.network.layer;

/** Which windows a layer that slides one over an image counts. */
public enum Padding {
    /** One for each stride: the last ones may reach past the edge, where convolutions see zeros and poolings nothing. */
    SAME,
    /** Those that lie within the image. */
    VALID
}
