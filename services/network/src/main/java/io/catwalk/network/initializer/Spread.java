package io.catwalk.network.initializer;

import io.catwalk.network.layer.WeightSpec;

/** Random values around zero, from a weight's own stream. */
final class Spread {
    private static final double UNIT_53 = 0x1p-53;

    private Spread() {}

    /** Uniform within plus and minus {@code limit}. */
    static float[] uniform(WeightSpec weight, long seed, float limit) {
        long key = SplitMix64.key(seed, weight.name());
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (2 * SplitMix64.unit(key, i) - 1) * limit;
        }
        return values;
    }

    /** Normal (Box and Muller 1958), by {@link StrictMath} so that each machine gives the same bits. */
    static float[] normal(WeightSpec weight, long seed, double deviation) {
        long key = SplitMix64.key(seed, weight.name());
        float[] values = new float[weight.size()];
        for (int i = 0; i < values.length; i++) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(key, 2L * i)));
            double angle = 2 * Math.PI * unit(key, 2L * i + 1);
            values[i] = (float) (deviation * radius * StrictMath.cos(angle));
        }
        return values;
    }

    private static double unit(long key, long index) {
        return (SplitMix64.bits(key, index) >>> 11) * UNIT_53;
    }
}
