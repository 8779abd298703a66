package io.catwalk.network.inference;

import java.util.List;
import java.util.stream.Stream;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A node while its outputs' shapes are inferred. Methods throw {@link IllegalArgumentException} for what the node lacks.
 *
 * @param inputs in the node's order, without control inputs
 */
record GraphNode(NodeDef node, List<GraphTensor> inputs) {
    GraphTensor input(int index) {
        if (index >= inputs.size()) {
            throw new IllegalArgumentException("it has " + inputs.size() + " inputs");
        }
        return inputs.get(index);
    }

    TensorShape shape(int index) {
        return input(index).shape();
    }

    /** An input's elements. */
    List<Long> integers(int index) {
        return input(index)
                .integers()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its input " + node.getInput(index) + " depends on more than shapes and constants"));
    }

    /** The only element of an input. */
    long integer(int index) {
        List<Long> all = integers(index);
        if (all.size() != 1) {
            throw new IllegalArgumentException(
                    "its input " + node.getInput(index) + " has " + all.size() + " elements");
        }
        return all.getFirst();
    }

    /** An attribute's integer; 0 without one. */
    long integer(String name) {
        return attribute(name).getI();
    }

    /** An attribute's boolean; false without one. */
    boolean flag(String name) {
        return attribute(name).getB();
    }

    /** An attribute's text; empty without one. */
    String text(String name) {
        return attribute(name).getS().toStringUtf8();
    }

    /** An attribute's integers; none without one. */
    List<Long> integers(String name) {
        return attribute(name).getList().getIList();
    }

    /** An attribute's type. */
    DataType type(String name) {
        return attribute(name).getType();
    }

    /** An attribute's tensor; a scalar of no type without one. */
    TensorProto tensor(String name) {
        return attribute(name).getTensor();
    }

    /** The bytes of an element of the largest type that the node's attributes name. */
    int elementBytes() {
        return node.getAttrMap().values().stream()
                .flatMap(attribute ->
                        Stream.concat(Stream.of(attribute.getType()), attribute.getList().getTypeList().stream()))
                .mapToInt(GraphNode::bytes)
                .max()
                .orElse(Long.BYTES);
    }

    private AttrValue attribute(String name) {
        return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
    }

    private static int bytes(DataType type) {
        return switch (type) {
            case DT_INVALID -> 0;
            case DT_BOOL, DT_INT8, DT_UINT8 -> Byte.BYTES;
            case DT_HALF, DT_BFLOAT16, DT_INT16, DT_UINT16 -> Short.BYTES;
            case DT_FLOAT, DT_INT32, DT_UINT32 -> Float.BYTES;
            case DT_DOUBLE, DT_INT64, DT_UINT64, DT_COMPLEX64 -> Long.BYTES;
            case DT_COMPLEX128 -> 2 * Double.BYTES;
            default -> throw new IllegalArgumentException("its type " + type + " isn't one of numbers");
        };
    }
}
