package io.catwalk.network.inference;

import java.util.Set;

import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The TensorFlow operations that a model may have: pure arithmetic on its input and its constants. TensorFlow treats a
 * graph as a program; operations that read or write files, call functions, keep state, or run other code aren't here.
 */
final class AllowedOperations {
    /** The most elements of a constant that is filled from fewer stored ones. */
    private static final long MAX_SPREAD = 1 << 20;

    private static final Set<String> NAMES = Set.of(
            "Add",
            "AddN",
            "AddV2",
            "AvgPool",
            "BatchMatMulV2",
            "BiasAdd",
            "Cast",
            "ConcatV2",
            "Const",
            "Conv2D",
            "DepthwiseConv2dNative",
            "Elu",
            "Erf",
            "FusedBatchNormV3",
            "Identity",
            "LeakyRelu",
            "MatMul",
            "MaxPool",
            "MaxPoolV2",
            "Maximum",
            "Mean",
            "Minimum",
            "Mul",
            "Neg",
            "NoOp",
            "Pack",
            "Pad",
            "Placeholder",
            "RealDiv",
            "Relu",
            "Relu6",
            "Reshape",
            "Rsqrt",
            "Selu",
            "Shape",
            "Sigmoid",
            "Softmax",
            "Softplus",
            "Sqrt",
            "Square",
            "Squeeze",
            "StridedSlice",
            "Sub",
            "Sum",
            "Tanh",
            "Transpose");

    private AllowedOperations() {}

    /** @throws UnloadableModelException naming the first operation that isn't allowed */
    static void require(GraphDef graph) {
        if (graph.getLibrary().getFunctionCount() > 0) {
            throw new UnloadableModelException("the model has functions, which aren't allowed; freeze it first");
        }
        graph.getNodeList().forEach(AllowedOperations::require);
    }

    private static void require(NodeDef node) {
        if (!NAMES.contains(node.getOp())) {
            throw new UnloadableModelException("the model's node %s has the operation %s, which isn't allowed"
                    .formatted(node.getName(), node.getOp()));
        }
        node.getAttrMap().values().stream()
                .filter(attribute -> attribute.hasTensor())
                .forEach(attribute -> requireStored(node, attribute.getTensor()));
    }

    /** A few bytes may describe a constant of any size: one value, and a shape to fill with it. */
    private static void requireStored(NodeDef node, TensorProto tensor) {
        double elements = tensor.getTensorShape().getDimList().stream()
                .mapToDouble(dimension -> dimension.getSize())
                .reduce(1, (product, size) -> product * size);
        if (elements > Math.max(MAX_SPREAD, tensor.getSerializedSize())) {
            throw new UnloadableModelException(
                    "the model's node %s spreads %d stored bytes over %.0f elements, more than %d"
                            .formatted(node.getName(), tensor.getSerializedSize(), elements, MAX_SPREAD));
        }
    }
}
