package io.catwalk.network.layer;

/** The shape of one sample between two layers; the batch dimension is never part of it. */
public sealed interface FeatureShape permits ImageShape, VectorShape {
    /** The number of values. */
    long size();
}
