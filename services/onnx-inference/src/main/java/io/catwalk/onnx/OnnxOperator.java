package io.catwalk.onnx;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.TensorShape;

/**
 * An operator that a model may have, one of those that {@link OnnxExport} writes: it computes on its inputs, and the shape of its only
 * output follows from theirs. Source: the operators' specification at onnx.ai, version 17.
 *
 * @param attributes that it may have
 * @param output infers the output's shape
 */
record OnnxOperator(Set<String> attributes, Function<OnnxNode, TensorShape> output) {
    private static final Map<String, OnnxOperator> BY_NAME = Map.ofEntries(
            Map.entry("Add", of(node -> node.input(0).broadcast(node.input(1)))),
            Map.entry("AveragePool", of(OnnxOperator::pooled, "kernel_shape", "pads", "strides", "count_include_pad")),
            Map.entry("BatchNormalization", of(OnnxOperator::same, "epsilon", "momentum")),
            Map.entry("Clip", of(OnnxOperator::same)),
            Map.entry("Conv", of(OnnxOperator::convolved, "group", "kernel_shape", "pads", "strides")),
            Map.entry("Elu", of(OnnxOperator::same, "alpha")),
            Map.entry("Erf", of(OnnxOperator::same)),
            Map.entry("Flatten", of(OnnxOperator::flattened, "axis")),
            Map.entry("Gemm", of(OnnxOperator::multiplied, "alpha", "beta")),
            Map.entry("GlobalAveragePool", of(OnnxOperator::averaged)),
            Map.entry("Identity", of(OnnxOperator::same)),
            Map.entry("MaxPool", of(OnnxOperator::pooled, "kernel_shape", "pads", "strides")),
            Map.entry("Mul", of(node -> node.input(0).broadcast(node.input(1)))),
            Map.entry("Relu", of(OnnxOperator::same)),
            Map.entry("Reshape", of(OnnxOperator::reshaped)),
            Map.entry("Sigmoid", of(OnnxOperator::same)),
            Map.entry("Softmax", of(OnnxOperator::same, "axis")),
            Map.entry("Tanh", of(OnnxOperator::same)),
            Map.entry("Transpose", of(OnnxOperator::transposed, "perm")));

    private static final int IMAGES_RANK = 4;

    /** All operators by their names. */
    static Map<String, OnnxOperator> byName() {
        return BY_NAME;
    }

    private static OnnxOperator of(Function<OnnxNode, TensorShape> output, String... attributes) {
        return new OnnxOperator(Set.of(attributes), output);
    }

    private static TensorShape same(OnnxNode node) {
        return node.input(0);
    }

    private static TensorShape pooled(OnnxNode node) {
        TensorShape images = node.input(0).requireRank(IMAGES_RANK);
        List<Long> window = node.ints("kernel_shape").orElse(List.of());
        return slid(node, images, window);
    }

    /** Weights are {@code [out, in / group, height, width]}. */
    private static TensorShape convolved(OnnxNode node) {
        TensorShape weights = node.input(1).requireRank(IMAGES_RANK);
        List<Long> window = weights.sizes().subList(2, IMAGES_RANK);
        if (!node.ints("kernel_shape").orElse(window).equals(window)) {
            throw new IllegalArgumentException("its kernel_shape isn't that of its weights, " + weights);
        }
        TensorShape images = node.input(0).requireRank(IMAGES_RANK).with(1, weights.size(0));
        return slid(node, images, window);
    }

    /** @param images {@code [batch, channels, height, width]} */
    private static TensorShape slid(OnnxNode node, TensorShape images, List<Long> window) {
        List<Long> strides = node.ints("strides").orElse(Collections.nCopies(2, 1L));
        List<Long> pads = node.ints("pads").orElse(Collections.nCopies(4, 0L));
        if (window.size() != 2 || strides.size() != 2 || pads.size() != 4) {
            throw new IllegalArgumentException("its window %s, strides %s and pads %s must be of 2, 2 and 4 numbers"
                    .formatted(window, strides, pads));
        }
        if (pads.stream().anyMatch(pad -> pad < 0)) {
            throw new IllegalArgumentException("its pads are " + pads);
        }
        TensorShape slid = images;
        for (int side = 0; side < 2; side++) {
            long padding = Math.addExact(pads.get(side), pads.get(side + 2));
            slid = slid.with(
                    side + 2, TensorShape.windows(images.size(side + 2), padding, window.get(side), strides.get(side)));
        }
        return slid;
    }

    private static TensorShape averaged(OnnxNode node) {
        return node.input(0).requireRank(IMAGES_RANK).with(2, 1).with(3, 1);
    }

    private static TensorShape flattened(OnnxNode node) {
        TensorShape shape = node.input(0);
        int axis = shape.axis(node.integer("axis", 1));
        return TensorShape.of(
                new TensorShape(shape.sizes().subList(0, axis)).elements(),
                new TensorShape(shape.sizes().subList(axis, shape.rank())).elements());
    }

    private static TensorShape multiplied(OnnxNode node) {
        return node.input(0).times(node.input(1));
    }

    /** A target of 0 is the input's size. */
    private static TensorShape reshaped(OnnxNode node) {
        TensorShape shape = node.input(0);
        List<Long> target = node.constant(1);
        return shape.reshaped(IntStream.range(0, target.size())
                .mapToObj(axis -> target.get(axis) == 0 ? shape.size(axis) : target.get(axis))
                .toList());
    }

    private static TensorShape transposed(OnnxNode node) {
        TensorShape shape = node.input(0);
        List<Long> reversed = IntStream.range(0, shape.rank())
                .mapToObj(axis -> shape.rank() - 1L - axis)
                .toList();
        return shape.transposed(node.ints("perm").orElse(reversed));
    }
}
