package io.catwalk.network.export.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.ServingSignature;

/**
 * A trained network as an ONNX model with the tensors of {@link ServingSignature}. Equal networks and weights give equal
 * bytes.
 *
 * <p>The operators come from version 17 of the default set, which ONNX Runtime 1.12 and later run. ONNX's convolutions and
 * poolings take images as {@code [batch, channels, height, width]}, so the model converts its input once, and the weights are
 * stored in ONNX's order. Source: the operators' specification at onnx.ai.
 */
public final class OnnxExport {
    /** The version of the operator set. */
    public static final int OPERATOR_SET = 17;

    private static final int IR_VERSION = 8;
    private static final String PRODUCER = "catwalk";

    private OnnxExport() {}

    /**
     * The model as the bytes of an {@code .onnx} file.
     *
     * @throws IllegalArgumentException when the weights aren't the network's
     */
    public static byte[] model(Network network, Weights weights) {
        weights.requireOf(network);
        OnnxGraph graph = new OnnxGraph(network.name());
        String images = graph.images(network.input());
        String logits = new OnnxLayers(graph, weights).add(network.row(), images);
        graph.outputs(logits, network.classes());
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName(PRODUCER)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph.build())
                .build()
                .toByteArray();
    }
}
