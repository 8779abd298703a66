package io.catwalk.network.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto.Dim;

/** The rules of operations by which graphs compute shapes, which may be used on any other values too. */
final class IntegerRules {
    /** More elements than what tells a shape has. */
    private static final int MOST_ELEMENTS = 64;

    private IntegerRules() {}

    static List<GraphTensor> constant(GraphNode node) {
        TensorProto tensor = node.tensor("value");
        TensorShape shape = new TensorShape(
                tensor.getTensorShape().getDimList().stream().map(Dim::getSize).toList());
        return List.of(new GraphTensor(shape, stored(tensor, shape.elements())));
    }

    /** A list goes on with its last element. */
    private static Optional<List<Long>> stored(TensorProto tensor, long elements) {
        boolean isInt = tensor.getDtype() == DataType.DT_INT32;
        if (elements > MOST_ELEMENTS || !isInt && tensor.getDtype() != DataType.DT_INT64) {
            return Optional.empty();
        }
        List<Long> given = new ArrayList<>();
        ByteBuffer content = tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        while (content.remaining() >= (isInt ? Integer.BYTES : Long.BYTES)) {
            given.add(isInt ? content.getInt() : content.getLong());
        }
        tensor.getIntValList().forEach(value -> given.add((long) value));
        given.addAll(tensor.getInt64ValList());
        boolean empty = tensor.getTensorShape().getDimList().stream().anyMatch(dimension -> dimension.getSize() == 0);
        if (empty || given.isEmpty()) {
            return empty ? Optional.of(List.of()) : Optional.empty();
        }
        return Optional.of(IntStream.range(0, (int) elements)
                .mapToObj(index -> given.get(Math.min(index, given.size() - 1)))
                .toList());
    }

    static List<GraphTensor> identical(GraphNode node) {
        return List.of(node.input(0));
    }

    /** Only to types that hold what tells a shape. */
    static List<GraphTensor> cast(GraphNode node) {
        DataType type = node.type("DstT");
        Optional<List<Long>> kept = node.input(0)
                .integers()
                .filter(all -> type == DataType.DT_INT64
                        || type == DataType.DT_INT32 && all.stream().allMatch(value -> value == value.intValue()));
        return List.of(new GraphTensor(node.shape(0), kept));
    }

    static List<GraphTensor> shape(GraphNode node) {
        return List.of(GraphTensor.vector(node.shape(0).sizes()));
    }

    /** The last input is the axis. */
    static List<GraphTensor> concatenated(GraphNode node) {
        int last = node.inputs().size() - 1;
        List<GraphTensor> parts = node.inputs().subList(0, Math.max(0, last));
        TensorShape first = node.shape(0);
        long axis = node.integer(last);
        long size = parts.stream().mapToLong(part -> part.shape().size(axis)).reduce(0, Math::addExact);
        for (GraphTensor part : parts) {
            if (!part.shape().with(axis, 0).equals(first.with(axis, 0))) {
                throw new IllegalArgumentException(part.shape() + " beside " + first);
            }
        }
        return List.of(new GraphTensor(first.with(axis, size), joined(parts)));
    }

    /** Tensors of one shape along a new dimension. */
    static List<GraphTensor> packed(GraphNode node) {
        TensorShape first = node.shape(0);
        for (GraphTensor part : node.inputs()) {
            if (!part.shape().equals(first)) {
                throw new IllegalArgumentException(part.shape() + " beside " + first);
            }
        }
        long axis = node.integer("axis");
        if (axis < -first.rank() - 1 || axis > first.rank()) {
            throw new IllegalArgumentException("a new axis " + axis + " in " + first);
        }
        List<Long> sizes = new ArrayList<>(first.sizes());
        sizes.add((int) (axis < 0 ? axis + first.rank() + 1 : axis), (long)
                node.inputs().size());
        return List.of(
                new GraphTensor(new TensorShape(sizes), first.rank() == 0 ? joined(node.inputs()) : Optional.empty()));
    }

    private static Optional<List<Long>> joined(List<GraphTensor> parts) {
        boolean known = parts.stream()
                .allMatch(part -> part.shape().rank() <= 1 && part.integers().isPresent());
        return known
                ? Optional.of(parts.stream()
                        .flatMap(part -> part.integers().orElseThrow().stream())
                        .toList())
                : Optional.empty();
    }

    /** The inputs are the values, then begin, end and stride for each of the first dimensions. */
    static List<GraphTensor> sliced(GraphNode node) {
        if (node.integer("ellipsis_mask") != 0 || node.integer("new_axis_mask") != 0) {
            throw new IllegalArgumentException("it has an ellipsis or a new axis");
        }
        TensorShape shape = node.shape(0);
        int axes = node.integers(1).size();
        if (axes > shape.rank()
                || node.integers(2).size() != axes
                || node.integers(3).size() != axes) {
            throw new IllegalArgumentException("a slice from %s to %s by %s of %s"
                    .formatted(node.integers(1), node.integers(2), node.integers(3), shape));
        }
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            if (!hasBit(node, "shrink_axis_mask", axis)) {
                sizes.add(slice(node, axis).count());
            }
        }
        sizes.addAll(shape.sizes().subList(axes, shape.rank()));
        return List.of(new GraphTensor(
                new TensorShape(sizes),
                node.input(0)
                        .integers()
                        .filter(all -> shape.rank() == 1 && axes == 1)
                        .map(all -> slice(node, 0)
                                .indices()
                                .mapToObj(index -> all.get((int) index))
                                .toList())));
    }

    private static Slice slice(GraphNode node, int axis) {
        long begin = node.integers(1).get(axis);
        long size = node.shape(0).size(axis);
        return hasBit(node, "shrink_axis_mask", axis)
                ? Slice.at(begin, size)
                : Slice.of(
                        begin,
                        hasBit(node, "begin_mask", axis),
                        node.integers(2).get(axis),
                        hasBit(node, "end_mask", axis),
                        node.integers(3).get(axis),
                        size);
    }

    private static boolean hasBit(GraphNode node, String mask, int bit) {
        return (node.integer(mask) >> bit & 1) == 1;
    }
}
