package io.catwalk.network.export.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.layer.ImageShape;

/** An ONNX graph under construction. Values are known by their names; a node's only output has the node's name. */
final class OnnxGraph {
    private static final String BATCH = "batch";

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    OnnxGraph(String name) {
        graph.setName(name);
    }

    /** Adds the input {@code [batch, height, width, channels]} and returns it as {@code [batch, channels, height, width]}. */
    String images(ImageShape shape) {
        String input = ServingSignature.IMAGES;
        graph.addInput(value(input, shape.height(), shape.width(), shape.channels()));
        if (shape.channels() > 1) {
            return node("Transpose", "images_nchw", List.of(input), ints("perm", 0, 3, 1, 2));
        }
        String nchw = longs("images_nchw.shape", -1, 1, shape.height(), shape.width());
        return node("Reshape", "images_nchw", List.of(input, nchw));
    }

    /** Adds the outputs, {@code [batch, classes]} each. */
    void outputs(String logits, int classes) {
        node("Identity", ServingSignature.LOGITS, List.of(logits));
        node("Softmax", ServingSignature.PROBABILITIES, List.of(logits), integer("axis", 1));
        graph.addOutput(value(ServingSignature.PROBABILITIES, classes));
        graph.addOutput(value(ServingSignature.LOGITS, classes));
    }

    /** Adds a node and returns the name of its output, which is the node's. */
    String node(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes)));
        return name;
    }

    /** Adds constant values of the given shape, none for a scalar, and returns their name. */
    String floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(TensorProto.newBuilder().setDataType(TensorProto.DataType.FLOAT_VALUE), name, bytes, shape);
    }

    String scalar(String name, float value) {
        return floats(name, new float[] {value});
    }

    String longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(
                TensorProto.newBuilder().setDataType(TensorProto.DataType.INT64_VALUE), name, bytes, values.length);
    }

    static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    static AttributeProto ints(String name, long... values) {
        var attribute = attribute(name, AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    static AttributeProto real(String name, float value) {
        return attribute(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    GraphProto build() {
        return graph.build();
    }

    private String constant(TensorProto.Builder tensor, String name, ByteBuffer bytes, long... shape) {
        tensor.setName(name).setRawData(ByteString.copyFrom(bytes.array()));
        for (long dimension : shape) {
            tensor.addDims(dimension);
        }
        graph.addInitializer(tensor);
        return name;
    }

    private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** A float32 tensor whose first dimension is the batch's, any size. */
    private static ValueInfoProto value(String name, int... sampleDimensions) {
        var shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (int size : sampleDimensions) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        var tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
