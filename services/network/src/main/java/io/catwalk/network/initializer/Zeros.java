package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** All zeros, as is usual for biases. */
public record Zeros() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        return new float[weight.size()];
    }
}
