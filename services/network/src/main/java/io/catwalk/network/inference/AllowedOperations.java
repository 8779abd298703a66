package io.catwalk.network.inference;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * The TensorFlow operations that a model may have: pure arithmetic on its input and its constants, each with the rule by which its
 * outputs' shapes are inferred. TensorFlow treats a graph as a program; operations that read or write files, call functions, keep
 * state, or run other code aren't here.
 */
final class AllowedOperations {
    static final String PLACEHOLDER = "Placeholder";
    static final String CONSTANT = "Const";

    /** The most elements of a constant that is filled from fewer stored ones. */
    private static final long MAX_SPREAD = 1 << 20;

    private static final Map<String, ShapeRule> RULES = Map.ofEntries(
            Map.entry("Add", ShapeRules::broadcast),
            Map.entry("AddN", ShapeRules::same),
            Map.entry("AddV2", ShapeRules::broadcast),
            Map.entry("AvgPool", WindowRules::pooled),
            Map.entry("BatchMatMulV2", ShapeRules::batchMultiplied),
            Map.entry("BiasAdd", ShapeRules::same),
            Map.entry("Cast", IntegerRules::cast),
            Map.entry("ConcatV2", IntegerRules::concatenated),
            Map.entry(CONSTANT, IntegerRules::constant),
            Map.entry("Conv2D", WindowRules::convolved),
            Map.entry("DepthwiseConv2dNative", WindowRules::convolvedDepthwise),
            Map.entry("Elu", ShapeRules::same),
            Map.entry("Erf", ShapeRules::same),
            Map.entry("FusedBatchNormV3", ShapeRules::normalised),
            Map.entry("Identity", IntegerRules::identical),
            Map.entry("LeakyRelu", ShapeRules::same),
            Map.entry("MatMul", ShapeRules::multiplied),
            Map.entry("MaxPool", WindowRules::pooled),
            Map.entry("MaxPoolV2", WindowRules::pooledByInputs),
            Map.entry("Maximum", ShapeRules::broadcast),
            Map.entry("Mean", ShapeRules::reduced),
            Map.entry("Minimum", ShapeRules::broadcast),
            Map.entry("Mul", ShapeRules::broadcast),
            Map.entry("Neg", ShapeRules::same),
            Map.entry("NoOp", node -> List.of()),
            Map.entry("Pack", IntegerRules::packed),
            Map.entry("Pad", ShapeRules::padded),
            Map.entry(PLACEHOLDER, ShapeRules::unknown),
            Map.entry("RealDiv", ShapeRules::broadcast),
            Map.entry("Relu", ShapeRules::same),
            Map.entry("Relu6", ShapeRules::same),
            Map.entry("Reshape", ShapeRules::reshaped),
            Map.entry("Rsqrt", ShapeRules::same),
            Map.entry("Selu", ShapeRules::same),
            Map.entry("Shape", IntegerRules::shape),
            Map.entry("Sigmoid", ShapeRules::same),
            Map.entry("Softmax", ShapeRules::same),
            Map.entry("Softplus", ShapeRules::same),
            Map.entry("Sqrt", ShapeRules::same),
            Map.entry("Square", ShapeRules::same),
            Map.entry("Squeeze", ShapeRules::squeezed),
            Map.entry("StridedSlice", IntegerRules::sliced),
            Map.entry("Sub", ShapeRules::broadcast),
            Map.entry("Sum", ShapeRules::reduced),
            Map.entry("Tanh", ShapeRules::same),
            Map.entry("Transpose", ShapeRules::transposed));

    private AllowedOperations() {}

    /** @throws UnloadableModelException naming the first operation that isn't allowed */
    static void require(GraphDef graph) {
        if (graph.getLibrary().getFunctionCount() > 0) {
            throw new UnloadableModelException("the model has functions, which aren't allowed; freeze it first");
        }
        graph.getNodeList().forEach(AllowedOperations::require);
    }

    static Set<String> names() {
        return RULES.keySet();
    }

    /** What is known of an allowed operation's outputs. Throws as {@link ShapeRule#outputs}. */
    static List<GraphTensor> outputs(GraphNode node) {
        return RULES.get(node.node().getOp()).outputs(node);
    }

    private static void require(NodeDef node) {
        if (!RULES.containsKey(node.getOp())) {
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
