package io.catwalk.network.checkpoint;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * A variable's value.
 *
 * @param dimensions none for a scalar
 * @param values row-major, read-only
 */
public record NamedTensor(String name, List<Integer> dimensions, FloatBuffer values) {
    /** @throws IllegalArgumentException for a dimension below 1, or another number of values than the shape holds */
    public NamedTensor {
        dimensions = List.copyOf(dimensions);
        if (dimensions.stream().anyMatch(dimension -> dimension < 1)) {
            throw new IllegalArgumentException("%s: dimensions must be at least 1, not %s".formatted(name, dimensions));
        }
        long size = dimensions.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (size != values.remaining()) {
            throw new IllegalArgumentException(
                    "%s: shape %s holds %d values, not %d".formatted(name, dimensions, size, values.remaining()));
        }
        values = FloatBuffer.allocate(values.remaining())
                .put(values.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    /** The values, at the position 0 of a view of their own. */
    @Override
    public FloatBuffer values() {
        return values.duplicate();
    }

    /** The same values under another name. */
    public NamedTensor named(String other) {
        return new NamedTensor(other, dimensions, values);
    }

    /** The values as a new array. */
    public float[] toArray() {
        float[] array = new float[values.remaining()];
        values().get(array);
        return array;
    }
}
