package io.catwalk.network.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of operations on any values. */
final class ShapeRules {
    private ShapeRules() {}

    static List<GraphTensor> same(GraphNode node) {
        return one(node.shape(0));
    }

    static List<GraphTensor> broadcast(GraphNode node) {
        return one(node.shape(0).broadcast(node.shape(1)));
    }

    static List<GraphTensor> unknown(GraphNode node) {
        throw new IllegalArgumentException("it is another input than the signature's");
    }

    static List<GraphTensor> multiplied(GraphNode node) {
        return one(product(node.shape(0), node.flag("transpose_a"), node.shape(1), node.flag("transpose_b")));
    }

    /** Of each two matrices, whose outer dimensions broadcast. */
    static List<GraphTensor> batchMultiplied(GraphNode node) {
        TensorShape left = node.shape(0);
        TensorShape right = node.shape(1);
        List<Long> sizes = new ArrayList<>(outer(left).broadcast(outer(right)).sizes());
        sizes.addAll(product(inner(left), node.flag("adj_x"), inner(right), node.flag("adj_y"))
                .sizes());
        return one(new TensorShape(sizes));
    }

    private static TensorShape product(
            TensorShape left, boolean leftTransposed, TensorShape right, boolean rightTransposed) {
        return left.transposedIf(leftTransposed).times(right.transposedIf(rightTransposed));
    }

    private static TensorShape outer(TensorShape matrices) {
        return new TensorShape(matrices.sizes().subList(0, matrices.axis(-2)));
    }

    private static TensorShape inner(TensorShape matrices) {
        return new TensorShape(matrices.sizes().subList(matrices.axis(-2), matrices.rank()));
    }

    /** The values, then vectors: one figure or a few for each channel. */
    static List<GraphTensor> normalised(GraphNode node) {
        List<GraphTensor> outputs = new ArrayList<>(same(node));
        outputs.addAll(Collections.nCopies(5, GraphTensor.of(node.shape(1))));
        return outputs;
    }

    static List<GraphTensor> padded(GraphNode node) {
        TensorShape shape = node.shape(0);
        List<Long> paddings = node.integers(1);
        if (paddings.size() != 2 * shape.rank() || paddings.stream().anyMatch(padding -> padding < 0)) {
            throw new IllegalArgumentException("paddings of " + paddings + " for " + shape);
        }
        TensorShape padded = shape;
        for (int axis = 0; axis < shape.rank(); axis++) {
            long padding = Math.addExact(paddings.get(2 * axis), paddings.get(2 * axis + 1));
            padded = padded.with(axis, Math.addExact(shape.size(axis), padding));
        }
        return one(padded);
    }

    static List<GraphTensor> reduced(GraphNode node) {
        TensorShape shape = node.shape(0);
        Set<Integer> axes = node.integers(1).stream().map(shape::axis).collect(Collectors.toSet());
        return one(without(shape, axes, node.flag("keep_dims")));
    }

    static List<GraphTensor> squeezed(GraphNode node) {
        TensorShape shape = node.shape(0);
        Set<Integer> named =
                node.integers("squeeze_dims").stream().map(shape::axis).collect(Collectors.toSet());
        Set<Integer> ones = IntStream.range(0, shape.rank())
                .filter(axis -> shape.size(axis) == 1)
                .boxed()
                .collect(Collectors.toSet());
        if (!ones.containsAll(named)) {
            throw new IllegalArgumentException("the dimensions " + named + " of " + shape + " aren't all 1");
        }
        return one(without(shape, named.isEmpty() ? ones : named, false));
    }

    private static TensorShape without(TensorShape shape, Set<Integer> axes, boolean kept) {
        return new TensorShape(IntStream.range(0, shape.rank())
                .filter(axis -> kept || !axes.contains(axis))
                .mapToObj(axis -> axes.contains(axis) ? 1L : shape.size(axis))
                .toList());
    }

    static List<GraphTensor> reshaped(GraphNode node) {
        return one(node.shape(0).reshaped(node.integers(1)));
    }

    static List<GraphTensor> transposed(GraphNode node) {
        return one(node.shape(0).transposed(node.integers(1)));
    }

    private static List<GraphTensor> one(TensorShape shape) {
        return List.of(GraphTensor.of(shape));
    }
}
