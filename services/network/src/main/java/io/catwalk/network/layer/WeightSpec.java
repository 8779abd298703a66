package io.catwalk.network.layer;

import java.util.Arrays;
import java.util.List;

/**
 * The name, shape and role of one weight.
 *
 * @param name within its layer ({@code kernel}) or its network ({@code conv2d_1.kernel})
 * @param dimensions one for a bias, {@code [in, out]} for a dense kernel, {@code [height, width, in, out]} for a
 *     convolution's
 */
public record WeightSpec(String name, List<Integer> dimensions, WeightRole role) {
    /** @throws IllegalArgumentException without a dimension, for one below 1, or more than 2^31 - 1 values */
    public WeightSpec {
        dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.stream().anyMatch(dimension -> dimension < 1)) {
            throw new IllegalArgumentException("%s needs dimensions of at least 1, not %s".formatted(name, dimensions));
        }
        Dimensions.checkedProduct(name, toArray(dimensions));
    }

    static WeightSpec of(String name, WeightRole role, int... dimensions) {
        return new WeightSpec(name, Arrays.stream(dimensions).boxed().toList(), role);
    }

    /** The number of values. */
    public int size() {
        return Dimensions.checkedProduct(name, toArray(dimensions));
    }

    /** The same tensor, named within the network. */
    public WeightSpec inLayer(String layerName) {
        return new WeightSpec(layerName + "." + name, dimensions, role);
    }

    /**
     * Inputs that one output sums: as TensorFlow's variance scaling counts them, a rank-1 tensor's length, else the
     * receptive field times the input channels; for a depthwise kernel only the receptive field, as an output sums one
     * channel.
     */
    public long fanIn() {
        int rank = dimensions.size();
        if (role == WeightRole.DEPTHWISE_KERNEL) {
            return receptiveField();
        }
        return rank == 1 ? dimensions.getFirst() : receptiveField() * dimensions.get(rank - 2);
    }

    /** Outputs that one input feeds, counted as {@link #fanIn}. */
    public long fanOut() {
        return receptiveField() * dimensions.getLast();
    }

    private long receptiveField() {
        return dimensions.stream()
                .limit(Math.max(0, dimensions.size() - 2))
                .mapToLong(Integer::longValue)
                .reduce(1, Math::multiplyExact);
    }

    private static int[] toArray(List<Integer> dimensions) {
        return dimensions.stream().mapToInt(Integer::intValue).toArray();
    }
}
