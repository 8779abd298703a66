package io.catwalk.network.layer;

/** What a weight is for: this decides its initialization, its decay, and whether it is trained. */
public enum WeightRole {
    /** Factors of a layer's inputs, {@code [.., in, out]}. */
    KERNEL,
    /** Factors of one channel's window each, {@code [height, width, in, multiplier]}. */
    DEPTHWISE_KERNEL,
    /** One bias for each output. */
    BIAS,
    /** A normalisation's factor for each channel, 1 at first. */
    SCALE,
    /** A normalisation's bias for each channel, 0 at first. */
    OFFSET,
    /** A normalisation's running mean of each channel, 0 at first; not trained. */
    MOVING_MEAN,
    /** A normalisation's running variance of each channel, 1 at first; not trained. */
    MOVING_VARIANCE;

    /** Whether it is trained. */
    public boolean isTrained() {
        return this != MOVING_MEAN && this != MOVING_VARIANCE;
    }

    public boolean isKernel() {
        return this == KERNEL || this == DEPTHWISE_KERNEL;
    }
}
