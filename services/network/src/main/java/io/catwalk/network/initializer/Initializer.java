package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Random initialization of weights. A new rule is one constant here. */
public enum Initializer {
    /** Normal with standard deviation {@code sqrt(2 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 12). */
    GLOROT_NORMAL {
        @Override
        public float[] values(WeightSpec weight, long seed) {
            return Spread.normal(weight, seed, Math.sqrt(2.0 / (weight.fanIn() + weight.fanOut())));
        }
    },
    /**
     * Uniform within plus and minus {@code sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 16). For a bias, n
     * values count n inputs and n outputs: as {@code tf.contrib.layers.xavier_initializer()} did.
     */
    GLOROT_UNIFORM {
        @Override
        public float[] values(WeightSpec weight, long seed) {
            return Spread.uniform(weight, seed, (float) Math.sqrt(6.0 / (weight.fanIn() + weight.fanOut())));
        }
    },
    /** Normal with standard deviation {@code sqrt(2 / fanIn)}, for relu (He, Zhang, Ren and Sun 2015, equation 10). */
    HE_NORMAL {
        @Override
        public float[] values(WeightSpec weight, long seed) {
            return Spread.normal(weight, seed, Math.sqrt(2.0 / weight.fanIn()));
        }
    },
    /** Uniform within plus and minus {@code sqrt(6 / fanIn)}: the same variance as {@link #HE_NORMAL}. */
    HE_UNIFORM {
        @Override
        public float[] values(WeightSpec weight, long seed) {
            return Spread.uniform(weight, seed, (float) Math.sqrt(6.0 / weight.fanIn()));
        }
    },
    /** All zeros, as is usual for biases. */
    ZEROS {
        @Override
        public float[] values(WeightSpec weight, long seed) {
            return new float[weight.size()];
        }
    };

    /**
     * The values in row-major order: always the same for the same seed, name and shape.
     *
     * @param seed the run's; each weight takes its own stream of it
     */
    public abstract float[] values(WeightSpec weight, long seed);
}
