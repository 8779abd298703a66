package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Normal with standard deviation {@code sqrt(2 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 12). */
public record GlorotNormal() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        return Spread.normal(weight, seed, Math.sqrt(2.0 / (weight.fanIn() + weight.fanOut())));
    }
}
