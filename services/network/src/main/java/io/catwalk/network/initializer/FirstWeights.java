package io.catwalk.network.initializer;

import java.util.Arrays;

import io.catwalk.network.layer.WeightSpec;

/**
 * How a network's weights are initialized; a normalisation's initial values are fixed.
 *
 * @param kernels for kernels of all kinds
 * @param biases for biases
 */
public record FirstWeights(Initializer kernels, Initializer biases) {
    /** The values in row-major order: always the same for the same seed, name, shape and role. */
    public float[] values(WeightSpec weight, long seed) {
        return switch (weight.role()) {
            case KERNEL, DEPTHWISE_KERNEL -> kernels.values(weight, seed);
            case BIAS -> biases.values(weight, seed);
            case SCALE, MOVING_VARIANCE -> ones(weight.size());
            case OFFSET, MOVING_MEAN -> new float[weight.size()];
        };
    }

    private static float[] ones(int size) {
        float[] values = new float[size];
        Arrays.fill(values, 1);
        return values;
    }
}
