package io.catwalk.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.TensorShape;
import io.catwalk.network.inference.TensorTally;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;

/** The shapes of a graph's values, inferred without native code. Its operators and constants are allowed ones. */
final class OnnxShapes {
    /** More numbers than a shape has. */
    private static final int MAX_RANK = 16;

    private final GraphProto graph;
    private final ImageShape image;
    private final Map<String, TensorShape> constants = new HashMap<>();
    private final Map<String, List<Long>> integers = new HashMap<>();

    private OnnxShapes(GraphProto graph, ImageShape image) {
        this.graph = graph;
        this.image = image;
        graph.getInitializerList().forEach(this::addConstant);
    }

    /**
     * Checks that the values that a batch makes are small enough.
     *
     * @param image the model's input
     * @throws UnloadableModelException when they aren't, when a value's shape can't be inferred, or a name isn't unique
     */
    static void require(GraphProto graph, ImageShape image, TensorLimits limits) {
        requireUniqueNames(graph);
        OnnxShapes shapes = new OnnxShapes(graph, image);
        limits.require(graph.getNodeCount(), shapes::of);
    }

    /** The shapes of a graph's float32 values for one batch, by their names. */
    static Map<String, TensorShape> of(GraphProto graph, ImageShape image, TensorTally tally) {
        return new OnnxShapes(graph, image).of(tally);
    }

    /** Constants, the input and the nodes' outputs: what has the name of another might be taken for it. */
    private static void requireUniqueNames(GraphProto graph) {
        List<String> names = new ArrayList<>(List.of(ServingSignature.IMAGES));
        graph.getInitializerList().forEach(constant -> names.add(constant.getName()));
        graph.getNodeList().forEach(node -> names.addAll(node.getOutputList()));
        Set<String> unique = new HashSet<>();
        for (String name : names) {
            if (name.isEmpty() || !unique.add(name)) {
                throw new UnloadableModelException("the ONNX model's values must have names of their own, but %s"
                        .formatted(name.isEmpty() ? "one has none" : "several have the name " + name));
            }
        }
    }

    private void addConstant(TensorProto tensor) {
        if (tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
            constants.put(tensor.getName(), new TensorShape(tensor.getDimsList()));
        } else if (tensor.getDimsCount() == 1 && tensor.getDims(0) <= MAX_RANK) {
            integers.put(tensor.getName(), longs(tensor));
        }
    }

    private static List<Long> longs(TensorProto tensor) {
        var buffer = ByteBuffer.wrap(tensor.getRawData().toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer();
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return LongStream.of(values).boxed().toList();
    }

    private Map<String, TensorShape> of(TensorTally tally) {
        Map<String, TensorShape> floats = new HashMap<>(constants);
        floats.put(
                ServingSignature.IMAGES,
                TensorShape.of(tally.batch(), image.height(), image.width(), image.channels()));
        for (NodeProto node : graph.getNodeList()) {
            String output = node.getOutput(0);
            TensorShape shape = tally.inferred(output, () -> shape(node, floats));
            tally.add(output, shape, Float.BYTES);
            floats.put(output, shape);
        }
        return floats;
    }

    private TensorShape shape(NodeProto node, Map<String, TensorShape> floats) {
        return OnnxOperator.byName().get(node.getOpType()).output().apply(new OnnxNode(node, floats, integers));
    }
}
