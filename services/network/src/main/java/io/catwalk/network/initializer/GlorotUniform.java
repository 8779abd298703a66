package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/**
 * Uniform within plus and minus {@code sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 16), kernels and
 * biases alike: this is what {@code tf.contrib.layers.xavier_initializer()} gave, a bias of n values counting n inputs
 * and n outputs.
 */
public record GlorotUniform() implements Initializer {
    @Override
    public float[] values(WeightSpec weight, long seed) {
        float limit = (float) limit(weight);
        long key = SplitMix64.key(seed, weight.name());
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (2 * SplitMix64.unit(key, i) - 1) * limit;
        }
        return values;
    }

    static double limit(WeightSpec weight) {
        return Math.sqrt(6.0 / (weight.fanIn() + weight.fanOut()));
    }
}
