package io.catwalk.network.inference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.network.export.ServingSignature;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/** The shapes of a graph's tensors, inferred without native code. Its operations are allowed ones. */
final class GraphShapes {
    private final List<NodeDef> nodes;
    private final ModelSignature signature;
    private final String images;

    private GraphShapes(List<NodeDef> nodes, ModelSignature signature, String images) {
        this.nodes = nodes;
        this.signature = signature;
        this.images = images;
    }

    /**
     * Checks that the tensors that a batch makes are small enough.
     *
     * @throws UnloadableModelException when they aren't, or when a shape can't be inferred
     */
    static void require(MetaGraphDef model, ModelSignature signature, TensorLimits limits) {
        limits.require(model.getGraphDef().getNodeCount(), of(model, signature)::infer);
    }

    /** Of a graph and its input. */
    static GraphShapes of(MetaGraphDef model, ModelSignature signature) {
        GraphDef graph = model.getGraphDef();
        String images = model.getSignatureDefOrThrow(ServingSignature.NAME)
                .getInputsOrThrow(ServingSignature.IMAGES)
                .getName();
        requirePlaceholder(graph, images);
        return new GraphShapes(GraphOrder.of(graph), signature, GraphOrder.source(images));
    }

    /** What stands in for the output of another operation may have any shape. */
    private static void requirePlaceholder(GraphDef graph, String images) {
        boolean placeholder = graph.getNodeList().stream()
                .anyMatch(node -> node.getOp().equals(AllowedOperations.PLACEHOLDER)
                        && (node.getName().equals(images) || (node.getName() + ":0").equals(images)));
        if (!placeholder) {
            throw new UnloadableModelException("the model's input %s is %s, which must be the output of a Placeholder"
                    .formatted(ServingSignature.IMAGES, images));
        }
    }

    /** The outputs of each node for one batch, by the nodes' names. */
    Map<String, List<GraphTensor>> infer(TensorTally tally) {
        Map<String, List<GraphTensor>> outputs = new HashMap<>();
        for (NodeDef node : nodes) {
            outputs.put(node.getName(), tally.inferred(node.getName(), () -> infer(node, outputs, tally)));
        }
        return outputs;
    }

    private List<GraphTensor> infer(NodeDef node, Map<String, List<GraphTensor>> known, TensorTally tally) {
        if (node.getName().equals(images)) {
            return List.of(GraphTensor.of(input(tally.batch())));
        }
        GraphNode inferred = new GraphNode(
                node,
                node.getInputList().stream()
                        .filter(input -> !GraphOrder.isControl(input))
                        .map(input -> tensor(input, known))
                        .toList());
        List<GraphTensor> outputs = AllowedOperations.outputs(inferred);
        for (GraphTensor output : outputs) {
            if (!isStored(inferred, output.shape())) {
                tally.add(node.getName(), output.shape(), inferred.elementBytes());
            }
        }
        return outputs;
    }

    /** Whether it is a constant that takes no more memory than the model's file has bytes for it. */
    private static boolean isStored(GraphNode node, TensorShape shape) {
        return node.node().getOp().equals(AllowedOperations.CONSTANT)
                && TensorShape.saturated(shape.elements(), node.elementBytes())
                        <= node.tensor("value").getSerializedSize();
    }

    private TensorShape input(int batch) {
        var image = signature.input();
        return TensorShape.of(batch, image.height(), image.width(), image.channels());
    }

    private static GraphTensor tensor(String input, Map<String, List<GraphTensor>> known) {
        List<GraphTensor> outputs = known.get(GraphOrder.source(input));
        int output = GraphOrder.output(input);
        if (output < 0 || output >= outputs.size()) {
            throw new IllegalArgumentException("its input " + input + " doesn't exist");
        }
        return outputs.get(output);
    }
}
