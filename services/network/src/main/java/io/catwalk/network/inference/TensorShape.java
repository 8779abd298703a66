package io.catwalk.network.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A tensor's shape while a model is checked. Methods throw {@link IllegalArgumentException} for what no tensor can have, and {@link
 * ArithmeticException} beyond 64 bits.
 *
 * @param sizes of the dimensions, the outermost first; none for a scalar
 */
public record TensorShape(List<Long> sizes) {
    public TensorShape {
        sizes = List.copyOf(sizes);
        if (sizes.stream().anyMatch(size -> size < 0)) {
            throw new IllegalArgumentException("a shape of " + sizes);
        }
    }

    public static TensorShape of(long... sizes) {
        return new TensorShape(LongStream.of(sizes).boxed().toList());
    }

    public int rank() {
        return sizes.size();
    }

    /** @param axis from the outermost dimension, or if negative from behind the innermost */
    public long size(long axis) {
        return sizes.get(axis(axis));
    }

    /** The index of a dimension, as for {@link #size}. */
    public int axis(long axis) {
        if (axis < -rank() || axis >= rank()) {
            throw new IllegalArgumentException("no axis " + axis + " in " + this);
        }
        return (int) (axis < 0 ? axis + rank() : axis);
    }

    /** A bound of the number of elements: an empty dimension counts as 1, and {@link Long#MAX_VALUE} as all above. */
    public long elements() {
        long elements = 1;
        for (long size : sizes) {
            elements = saturated(elements, Math.max(1, size));
        }
        return elements;
    }

    /** The product of two positive numbers, or {@link Long#MAX_VALUE}. */
    static long saturated(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    /** @throws IllegalArgumentException for another number of dimensions */
    public TensorShape requireRank(int rank) {
        if (rank() != rank) {
            throw new IllegalArgumentException("a shape of " + this + " instead of " + rank + " dimensions");
        }
        return this;
    }

    /** This shape with another size of one dimension. */
    public TensorShape with(long axis, long size) {
        List<Long> changed = new ArrayList<>(sizes);
        changed.set(axis(axis), size);
        return new TensorShape(changed);
    }

    /** The shape of an operation on each two elements, by NumPy's rules of broadcasting. */
    public TensorShape broadcast(TensorShape other) {
        int rank = Math.max(rank(), other.rank());
        return new TensorShape(IntStream.range(0, rank)
                .mapToObj(axis -> broadcast(other, axis - rank))
                .toList());
    }

    private long broadcast(TensorShape other, int axis) {
        long one = -axis > rank() ? 1 : size(axis);
        long two = -axis > other.rank() ? 1 : other.size(axis);
        if (one != two && one != 1 && two != 1) {
            throw new IllegalArgumentException(this + " and " + other + ", which don't broadcast");
        }
        return one == 1 ? two : one;
    }

    /** The shape of a product of two matrices. */
    public TensorShape times(TensorShape other) {
        if (requireRank(2).size(1) != other.requireRank(2).size(0)) {
            throw new IllegalArgumentException("a product of " + this + " and " + other);
        }
        return of(size(0), other.size(1));
    }

    /** The shape of a matrix, transposed or not. */
    TensorShape transposedIf(boolean transposed) {
        return transposed ? of(requireRank(2).size(1), size(0)) : this;
    }

    /** @param order the axis that each dimension comes from */
    public TensorShape transposed(List<Long> order) {
        if (!order.stream()
                .map(this::axis)
                .sorted()
                .toList()
                .equals(IntStream.range(0, rank()).boxed().toList())) {
            throw new IllegalArgumentException("an order of " + order + " for " + this);
        }
        return new TensorShape(order.stream().map(this::size).toList());
    }

    /** @param target sizes, of which one may be -1 for what is left */
    public TensorShape reshaped(List<Long> target) {
        if (Collections.frequency(target, -1L) > 1) {
            throw new IllegalArgumentException("a target of " + target);
        }
        long known = new TensorShape(target.stream().filter(size -> size != -1).toList()).elements();
        TensorShape reshaped = new TensorShape(target.stream()
                .map(size -> size == -1 ? elements() / known : size)
                .toList());
        if (reshaped.elements() != elements()) {
            throw new IllegalArgumentException("a target of " + target + " for " + this);
        }
        return reshaped;
    }

    /**
     * How many places a window has along one dimension.
     *
     * @param padding on both sides together
     */
    public static long windows(long size, long padding, long window, long stride) {
        if (padding < 0 || window < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "a padding of " + padding + ", a window of " + window + " and a stride of " + stride);
        }
        long room = Math.addExact(size, padding) - window;
        if (room < 0) {
            throw new IllegalArgumentException(
                    "a window of " + window + " on " + size + " values padded with " + padding);
        }
        return room / stride + 1;
    }

    /** {@code [1, 28, 28]}. */
    @Override
    public String toString() {
        return sizes.toString();
    }
}
