package io.catwalk.onnx;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.catwalk.network.inference.TensorShape;

/**
 * A node while its output's shape is inferred. Methods throw {@link IllegalArgumentException} for what the node lacks.
 *
 * @param floats shapes of the float32 values before the node, by name
 * @param integers the int64 constants, by name
 */
record OnnxNode(NodeProto node, Map<String, TensorShape> floats, Map<String, List<Long>> integers) {
    /** The shape of a float32 input. */
    TensorShape input(int index) {
        String name = name(index);
        TensorShape shape = floats.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("its input " + name + " is no float32 value before it");
        }
        return shape;
    }

    /** The values of an int64 input. */
    List<Long> constant(int index) {
        String name = name(index);
        List<Long> values = integers.get(name);
        if (values == null) {
            throw new IllegalArgumentException("its input " + name + " is no int64 constant");
        }
        return values;
    }

    /** An attribute's integers. */
    Optional<List<Long>> ints(String name) {
        return attribute(name, AttributeProto.AttributeType.INTS).map(AttributeProto::getIntsList);
    }

    long integer(String name, long otherwise) {
        return attribute(name, AttributeProto.AttributeType.INT)
                .map(AttributeProto::getI)
                .orElse(otherwise);
    }

    private String name(int index) {
        if (index >= node.getInputCount()) {
            throw new IllegalArgumentException("it has " + node.getInputCount() + " inputs");
        }
        return node.getInput(index);
    }

    private Optional<AttributeProto> attribute(String name, AttributeProto.AttributeType type) {
        Optional<AttributeProto> found = node.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
        if (found.isPresent() && found.get().getType() != type) {
            throw new IllegalArgumentException("its attribute " + name + " isn't of the type " + type);
        }
        return found;
    }
}
