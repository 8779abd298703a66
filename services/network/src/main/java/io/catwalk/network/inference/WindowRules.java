package io.catwalk.network.inference;

import java.util.Collections;
import java.util.List;

/** The rules of convolutions and poolings: windows that slide over images. */
final class WindowRules {
    private static final int RANK = 4;
    private static final String CHANNELS_FIRST = "NCHW";

    private WindowRules() {}

    static List<GraphTensor> pooled(GraphNode node) {
        return slid(node, node.shape(0), node.integers("ksize"), node.integers("strides"));
    }

    /** Window and strides are inputs. */
    static List<GraphTensor> pooledByInputs(GraphNode node) {
        return slid(node, node.shape(0), node.integers(1), node.integers(2));
    }

    /** The filter is {@code [height, width, in, out]}. */
    static List<GraphTensor> convolved(GraphNode node) {
        return convolved(node, node.shape(1).requireRank(RANK).size(3));
    }

    /** The filter is {@code [height, width, in, multiplier]}. */
    static List<GraphTensor> convolvedDepthwise(GraphNode node) {
        TensorShape filter = node.shape(1).requireRank(RANK);
        return convolved(node, Math.multiplyExact(filter.size(2), filter.size(3)));
    }

    private static List<GraphTensor> convolved(GraphNode node, long outputs) {
        TensorShape filter = node.shape(1);
        boolean channelsFirst = node.text("data_format").equals(CHANNELS_FIRST);
        List<Long> window = channelsFirst
                ? List.of(1L, 1L, filter.size(0), filter.size(1))
                : List.of(1L, filter.size(0), filter.size(1), 1L);
        TensorShape images = node.shape(0).requireRank(RANK).with(channelsFirst ? 1 : 3, outputs);
        return slid(node, images, window, node.integers("strides"));
    }

    /** Every list has a number for each of the four dimensions. */
    private static List<GraphTensor> slid(GraphNode node, TensorShape images, List<Long> window, List<Long> strides) {
        images.requireRank(RANK);
        List<Long> dilations = orElse(node.integers("dilations"), RANK, 1);
        List<Long> paddings = orElse(node.integers("explicit_paddings"), 2 * RANK, 0);
        if (window.size() != RANK
                || strides.size() != RANK
                || dilations.size() != RANK
                || paddings.size() != 2 * RANK) {
            throw new IllegalArgumentException("a window of %s, strides of %s, dilations of %s and paddings of %s"
                    .formatted(window, strides, dilations, paddings));
        }
        TensorShape slid = images;
        for (int axis = 0; axis < RANK; axis++) {
            long reach =
                    Math.addExact(Math.multiplyExact(Math.subtractExact(window.get(axis), 1), dilations.get(axis)), 1);
            slid = slid.with(
                    axis,
                    switch (node.text("padding")) {
                        case "SAME" -> TensorShape.windows(images.size(axis), 0, 1, strides.get(axis));
                        case "VALID" -> TensorShape.windows(images.size(axis), 0, reach, strides.get(axis));
                        case "EXPLICIT" ->
                            TensorShape.windows(images.size(axis), padding(paddings, axis), reach, strides.get(axis));
                        default -> throw new IllegalArgumentException("a padding of " + node.text("padding"));
                    });
        }
        return List.of(GraphTensor.of(slid));
    }

    private static long padding(List<Long> paddings, int axis) {
        long before = paddings.get(2 * axis);
        long after = paddings.get(2 * axis + 1);
        if (before < 0 || after < 0) {
            throw new IllegalArgumentException("paddings of " + paddings);
        }
        return Math.addExact(before, after);
    }

    private static List<Long> orElse(List<Long> given, int count, long otherwise) {
        return given.isEmpty() ? Collections.nCopies(count, otherwise) : given;
    }
}
