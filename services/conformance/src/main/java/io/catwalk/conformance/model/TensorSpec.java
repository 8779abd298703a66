package io.catwalk.conformance.model;

import java.util.ArrayList;
import java.util.List;

/**
 * An input or output of a model.
 *
 * @param shape -1 for a dimension of any size
 */
public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    private static final long OPEN = -1;
    /** Fractions of it are exact in every floating-point datatype. */
    private static final int STEPS = 128;

    private static final int SMALL_INTEGERS = 10;
    private static final int MIX = 31;

    public TensorSpec {
        shape = List.copyOf(shape);
    }

    /** Whether its first dimension is a batch of any size. */
    public boolean isBatched() {
        return !shape.isEmpty() && shape.getFirst() == OPEN;
    }

    /** With a size for each dimension of any size but the batch. */
    TensorSpec closed(long size) {
        List<Long> closed = new ArrayList<>(shape);
        for (int dimension = 1; dimension < closed.size(); dimension++) {
            if (closed.get(dimension) == OPEN) {
                closed.set(dimension, size);
            }
        }
        return new TensorSpec(name, datatype, closed);
    }

    /**
     * A valid tensor, the same at every call: numbers from 0 to below 1, integers and texts from 0 to 9.
     *
     * @param rows of the batch, if there is one
     * @param first the first row's number; other rows have other values
     */
    public Tensor example(int rows, int first) {
        List<Long> sizes = new ArrayList<>(shape);
        if (isBatched()) {
            sizes.set(0, (long) rows);
        }
        int count = Math.toIntExact(sizes.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
        int perRow = isBatched() ? count / rows : count;
        double[] values = new double[count];
        for (int index = 0; index < count; index++) {
            int mixed = Math.floorMod((first + index / perRow) * MIX + index % perRow * (MIX + 2), STEPS);
            values[index] = datatype.isFloatingPoint()
                    ? (double) mixed / STEPS
                    : mixed % (datatype == Datatype.BOOL ? 2 : SMALL_INTEGERS);
        }
        return new Tensor(name, datatype, sizes, values);
    }
}
