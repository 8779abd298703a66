package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Random initialization of weights. A new rule is one file here and its name in {@code permits}. */
public sealed interface Initializer permits GlorotNormal, GlorotUniform, HeNormal, HeUniform, Zeros {
    /**
     * The values in row-major order: always the same for the same seed, name and shape.
     *
     * @param seed the run's; each weight takes its own stream of it
     */
    float[] values(WeightSpec weight, long seed);
}
