package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Normal with standard deviation {@code sqrt(2 / fanIn)}, for relu (He, Zhang, Ren and Sun 2015, equation 10). */
public record HeNormal() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        return Spread.normal(weight, seed, Math.sqrt(2.0 / weight.fanIn()));
    }
}
