package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/**
 * Uniform within plus and minus {@code sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 16). For a bias, n
 * values count n inputs and n outputs: as {@code tf.contrib.layers.xavier_initializer()} did.
 */
public record GlorotUniform() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        return Spread.uniform(weight, seed, (float) limit(weight));
    }

    static double limit(WeightSpec weight) {
        return Math.sqrt(6.0 / (weight.fanIn() + weight.fanOut()));
    }
}
