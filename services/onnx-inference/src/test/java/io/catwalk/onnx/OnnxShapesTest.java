package io.catwalk.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.network.Network;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.TensorShape;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxShapesTest {
    private static final int BATCH = 3;
    private static final TensorLimits LIMITS = new TensorLimits(BATCH, 1 << 20);
    private static final ImageShape IMAGE = new ImageShape(8, 6, 1);
    private static final Network NETWORK = new Network(
            "tiny",
            IMAGE,
            2,
            List.of(
                    new Conv2d(4, 3, Activation.RELU),
                    new MaxPool(2, 2),
                    new Flatten(),
                    new Dense(2, Activation.LINEAR)));

    private final ModelProto.Builder model = parse(OnnxExport.model(NETWORK, BothEngines.weights(NETWORK, 1)));

    @ParameterizedTest
    @MethodSource("io.catwalk.onnx.OnnxExportTest#networks")
    void areThoseOfOnnxRuntime(Network network) throws OrtException {
        ModelProto.Builder exported = parse(OnnxExport.model(network, BothEngines.weights(network, 1)));
        GraphProto graph = exported.getGraph();
        Map<String, TensorShape> inferred = new HashMap<>();
        new TensorLimits(BATCH, 1 << 30).require(graph.getNodeCount(), tally -> {
            if (tally.batch() == BATCH) {
                inferred.putAll(OnnxShapes.of(graph, network.input(), tally));
            }
        });

        Map<String, TensorShape> actual = run(exported, network.input());
        assertThat(actual.keySet())
                .containsExactlyInAnyOrderElementsOf(graph.getNodeList().stream()
                        .map(node -> node.getOutput(0))
                        .toList());
        assertThat(inferred).containsAllEntriesOf(actual);
    }

    /** The shapes of all nodes' outputs. */
    private static Map<String, TensorShape> run(ModelProto.Builder model, ImageShape image) throws OrtException {
        GraphProto.Builder graph = model.getGraphBuilder();
        Set<String> named =
                graph.getOutputList().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
        graph.getNodeList().stream()
                .map(node -> node.getOutput(0))
                .filter(output -> !named.contains(output))
                .forEach(output -> graph.addOutput(ValueInfoProto.newBuilder()
                        .setName(output)
                        .setType(TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE)))));
        float[] images = new float[Math.toIntExact(BATCH * image.size())];
        long[] shape = {BATCH, image.height(), image.width(), image.channels()};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, TensorShape> shapes = new HashMap<>();
        try (OrtSession session = environment.createSession(model.build().toByteArray());
                OnnxTensor batch = OnnxTensor.createTensor(environment, FloatBuffer.wrap(images), shape);
                OrtSession.Result results = session.run(Map.of(ServingSignature.IMAGES, batch))) {
            results.forEach(result -> shapes.put(
                    result.getKey(),
                    TensorShape.of(((OnnxTensor) result.getValue()).getInfo().getShape())));
        }
        return shapes;
    }

    @Test
    void refusesPaddingThatMakesImagesHuge() {
        change(
                "MaxPool",
                node -> node.clearAttribute()
                        .addAttribute(ints("kernel_shape", 2, 2))
                        .addAttribute(ints("pads", 1 << 20, 1 << 20, 1 << 20, 1 << 20)));
        assertUnloadable(
                "the model's node max_pool_1 gives a tensor of [3, 4, 2097159, 2097157] for 3 images, 211107440494224 bytes besides the 5184 of those before it, at most 1048576 are allowed together");
    }

    @Test
    void refusesConstantsThatBroadcastToMore() {
        addConstant("column", 1L << 12, 1);
        addConstant("row", 1, 1L << 12);
        model.getGraphBuilder()
                .addNode(
                        0,
                        NodeProto.newBuilder()
                                .setOpType("Add")
                                .addInput("column")
                                .addInput("row")
                                .addOutput("sums"));
        assertUnloadable("the model's node sums gives a tensor of [4096, 4096] for 3 images, 67108864 bytes");
    }

    @Test
    void addsUpWhatEachNodeMakes() {
        String last = "conv2d_1";
        for (int copy = 0; copy < 1_000; copy++) {
            String name = "copy" + copy;
            model.getGraphBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Identity")
                            .addInput(last)
                            .addOutput(name));
            last = name;
        }
        assertUnloadable("gives a tensor of [3, 4, 8, 6] for 3 images, 2304 bytes besides the ");
    }

    @Test
    void refusesWhatItCantInfer() {
        change("Reshape", node -> node.setInput(1, "images"));
        assertUnloadable(
                "the sizes of the model's node images_nchw can't be told for 3 images: its input images is no int64 constant");
        change("Reshape", node -> node.setInput(1, "images_nchw.shape").setInput(0, "logits"));
        assertUnloadable("its input logits is no float32 value before it");
        change("Reshape", node -> node.setInput(0, "images"));
        change("Conv", node -> node.addAttribute(ints("dilations", 2, 2)));
        assertUnloadable("has the attribute dilations, which isn't allowed");
        change(
                "Conv",
                node -> node.removeAttribute(node.getAttributeCount() - 1).addAttribute(ints("group", 1)));
        assertUnloadable("must have the attribute group once, as numbers");
    }

    @Test
    void refusesNamesThatStandForTwoValues() {
        addConstant("conv2d_1", 1);
        assertUnloadable("several have the name conv2d_1");
    }

    @Test
    void refusesConstantsWithoutASize() {
        model.getGraphBuilder().getInitializerBuilder(0).addDims(-1).addDims(-1);
        assertUnloadable("with all its values in the file");
    }

    @Test
    void refusesManyNodes() {
        for (int copy = 0; copy < 10_000; copy++) {
            model.getGraphBuilder()
                    .addNode(NodeProto.newBuilder()
                            .setOpType("Identity")
                            .addInput("images")
                            .addOutput("copy" + copy));
        }
        assertUnloadable("nodes, at most 10000 are allowed");
    }

    private void addConstant(String name, long... shape) {
        int size = Math.toIntExact(TensorShape.of(shape).elements() * Float.BYTES);
        TensorProto.Builder constant = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(new byte[size]));
        for (long dimension : shape) {
            constant.addDims(dimension);
        }
        model.getGraphBuilder().addInitializer(constant);
    }

    private void change(String operator, Consumer<NodeProto.Builder> change) {
        model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals(operator))
                .findFirst()
                .ifPresentOrElse(change, AssertionError::new);
    }

    private static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private void assertUnloadable(String message) {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> OnnxModelFile.of(model.build().toByteArray(), LIMITS))
                .withMessageContaining(message);
    }

    private static ModelProto.Builder parse(byte[] model) {
        try {
            return ModelProto.parseFrom(model).toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
