package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Uniform within plus and minus {@code sqrt(6 / fanIn)}: the same variance as {@link HeNormal}. */
public record HeUniform() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        return Spread.uniform(weight, seed, (float) Math.sqrt(6.0 / weight.fanIn()));
    }
}
