package io.catwalk.network.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.google.protobuf.ByteString;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

class GraphShapesTest {
    private static final int BATCH = 3;
    private static final ImageShape IMAGE = new ImageShape(8, 6, 2);
    private static final ModelSignature SIGNATURE = new ModelSignature(IMAGE, 5);
    private static final TensorLimits LIMITS = new TensorLimits(BATCH, 1 << 20);
    private static final List<String> ELEMENTWISE = List.of(
            "Elu",
            "Erf",
            "Identity",
            "LeakyRelu",
            "Neg",
            "Relu",
            "Relu6",
            "Rsqrt",
            "Selu",
            "Sigmoid",
            "Softmax",
            "Softplus",
            "Sqrt",
            "Square",
            "Tanh");
    private static final List<String> OF_TWO = List.of("Add", "AddV2", "Maximum", "Minimum", "Mul", "RealDiv", "Sub");
    /** An output of FusedBatchNormV3 that is for GPUs alone. */
    private static final String RESERVE = "normalised:5";

    /** Without the optimizations that replace operations. */
    private static final ConfigProto AS_WRITTEN = ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder()
                    .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
            .build();

    private final GraphDef.Builder graph = GraphDef.newBuilder();

    @BeforeEach
    void addInput() {
        add("Placeholder", "images").removeAttr("T").putAttr("dtype", type(DataType.DT_FLOAT));
    }

    @Test
    void areThoseOfTensorFlow() {
        addEverything();
        Map<String, TensorShape> inferred = new HashMap<>();
        new TensorLimits(BATCH, 1 << 20).require(graph.getNodeCount(), tally -> {
            if (tally.batch() == BATCH) {
                GraphShapes.of(model(), SIGNATURE)
                        .infer(tally)
                        .forEach((node, outputs) -> IntStream.range(0, outputs.size())
                                .forEach(output -> inferred.put(
                                        node + ":" + output, outputs.get(output).shape())));
            }
        });

        assertThat(graph.getNodeList().stream().map(NodeDef::getOp).collect(Collectors.toSet()))
                .isEqualTo(AllowedOperations.names());
        Map<String, TensorShape> actual = run();
        actual.remove(RESERVE);
        inferred.remove(RESERVE);
        inferred.remove("images:0");
        assertThat(inferred).isEqualTo(actual).hasSizeGreaterThan(60);
    }

    /** The shapes of all outputs but the input's. */
    private Map<String, TensorShape> run() {
        Map<String, TensorShape> shapes = new HashMap<>();
        try (Graph imported = new Graph()) {
            imported.importGraphDef(graph.build());
            List<String> outputs = new ArrayList<>();
            for (NodeDef node : graph.getNodeList()) {
                IntStream.range(0, imported.operation(node.getName()).numOutputs())
                        .filter(output -> !node.getOp().equals("Placeholder"))
                        .forEach(output -> outputs.add(node.getName() + ":" + output));
            }
            try (Session session = new Session(imported, AS_WRITTEN);
                    TFloat32 images = TFloat32.tensorOf(Shape.of(BATCH, 8, 6, 2))) {
                Session.Runner runner = session.runner().feed("images", images);
                outputs.forEach(runner::fetch);
                try (Result result = runner.run()) {
                    for (int index = 0; index < outputs.size(); index++) {
                        shapes.put(
                                outputs.get(index),
                                TensorShape.of(result.get(index).shape().asArray()));
                    }
                }
            }
        }
        return shapes;
    }

    /** Each allowed operation, with whatever its shapes depend on. */
    private void addEverything() {
        ELEMENTWISE.forEach(operation -> add(operation, operation, "images"));
        floats("column", 8, 1, 1);
        OF_TWO.forEach(operation -> add(operation, operation, "column", "images"));
        add("AddN", "sums", "images", "Neg").putAttr("N", integer(2));
        add("Cast", "doubles", "images")
                .removeAttr("T")
                .putAttr("SrcT", type(DataType.DT_FLOAT))
                .putAttr("DstT", type(DataType.DT_DOUBLE));
        addWindows();
        addShapes();
        addArrangements();
    }

    private void addWindows() {
        floats("kernel", 3, 2, 2, 7);
        window("Conv2D", "same", "SAME", "images", "kernel").putAttr("strides", integers(1, 3, 2, 1));
        window("Conv2D", "valid", "VALID", "images", "kernel").putAttr("dilations", integers(1, 2, 3, 1));
        window("Conv2D", "explicit", "EXPLICIT", "images", "kernel")
                .putAttr("explicit_paddings", integers(0, 0, 1, 2, 0, 3, 0, 0));
        floats("depthwise_kernel", 3, 2, 2, 4);
        window("DepthwiseConv2dNative", "depthwise", "VALID", "images", "depthwise_kernel");
        window("MaxPool", "max_pool", "VALID", "images").putAttr("ksize", integers(1, 3, 2, 1));
        window("AvgPool", "avg_pool", "SAME", "images")
                .putAttr("ksize", integers(1, 3, 2, 1))
                .putAttr("strides", integers(1, 2, 2, 1));
        ints("ksize", 1, 2, 3, 1);
        ints("strides", 1, 2, 1, 1);
        add("MaxPoolV2", "max_pool_2", "images", "ksize", "strides").putAttr("padding", text("VALID"));
        floats("channels", 2);
        add("BiasAdd", "biased", "images", "channels");
        add("FusedBatchNormV3", "normalised", "images", "channels", "channels", "channels", "channels")
                .putAttr("U", type(DataType.DT_FLOAT))
                .putAttr("is_training", flag(false));
    }

    /** As Keras flattens images. */
    private void addShapes() {
        add("Shape", "shape", "images").putAttr("out_type", type(DataType.DT_INT32));
        ints("zero", 0);
        ints("one", 1);
        add("StridedSlice", "batch", "shape", "zero", "one", "one")
                .putAttr("T", type(DataType.DT_INT32))
                .putAttr("Index", type(DataType.DT_INT32))
                .putAttr("shrink_axis_mask", integer(1));
        scalar("rest", -1);
        add("Pack", "flat_shape", "batch", "rest")
                .putAttr("T", type(DataType.DT_INT32))
                .putAttr("N", integer(2));
        add("Reshape", "flat", "images", "flat_shape").putAttr("Tshape", type(DataType.DT_INT32));
        ints("from_second", 1);
        add("StridedSlice", "sides", "shape", "from_second", "one", "one")
                .putAttr("T", type(DataType.DT_INT32))
                .putAttr("Index", type(DataType.DT_INT32))
                .putAttr("end_mask", integer(1));
        ints("last", -1);
        scalar("first_axis", 0);
        add("ConcatV2", "turned_shape", "sides", "last", "first_axis")
                .putAttr("T", type(DataType.DT_INT32))
                .putAttr("Tidx", type(DataType.DT_INT32))
                .putAttr("N", integer(2));
        add("Cast", "wide_shape", "turned_shape")
                .removeAttr("T")
                .putAttr("SrcT", type(DataType.DT_INT32))
                .putAttr("DstT", type(DataType.DT_INT64));
        add("Reshape", "turned", "images", "wide_shape").putAttr("Tshape", type(DataType.DT_INT64));
    }

    private void addArrangements() {
        floats("weights", 5, 96);
        add("MatMul", "product", "flat", "weights").putAttr("transpose_b", flag(true));
        add("MatMul", "square", "flat", "product").putAttr("transpose_a", flag(true));
        floats("matrix", 1, 6, 9);
        add("BatchMatMulV2", "products", "matrix", "images").putAttr("adj_x", flag(true));
        scalar("last_axis", -1);
        add("ConcatV2", "joined", "images", "images", "Neg", "last_axis")
                .putAttr("Tidx", type(DataType.DT_INT32))
                .putAttr("N", integer(3));
        add("Pack", "packed", "images", "Neg").putAttr("N", integer(2)).putAttr("axis", integer(-2));
        constant("paddings", DataType.DT_INT32, List.of(4L, 2L), List.of(0, 0, 1, 2, 0, 3, 4, 0));
        add("Pad", "padded", "images", "paddings").putAttr("Tpaddings", type(DataType.DT_INT32));
        ints("height_and_width", 1, -2);
        add("Mean", "means", "images", "height_and_width").putAttr("Tidx", type(DataType.DT_INT32));
        add("Sum", "sums_kept", "images", "height_and_width")
                .putAttr("Tidx", type(DataType.DT_INT32))
                .putAttr("keep_dims", flag(true));
        add("Squeeze", "squeezed", "sums_kept").putAttr("squeeze_dims", integers(1));
        add("Squeeze", "all_squeezed", "sums_kept");
        ints("order", 0, 3, 1, 2);
        add("Transpose", "transposed", "images", "order").putAttr("Tperm", type(DataType.DT_INT32));
        ints("begin", 5, -3, 100);
        ints("end", 0, 100, -100);
        ints("steps", 1, 2, -3);
        add("StridedSlice", "sliced", "images", "begin", "end", "steps")
                .putAttr("Index", type(DataType.DT_INT32))
                .putAttr("begin_mask", integer(1))
                .putAttr("end_mask", integer(1));
        add("NoOp", "nothing", "^images").removeAttr("T");
    }

    @Test
    void refusesPaddingThatMakesImagesHuge() {
        constant("paddings", DataType.DT_INT32, List.of(4L, 2L), List.of(0, 0, 1 << 20, 1 << 20, 0, 0, 0, 0));
        add("Pad", "padded", "images", "paddings");
        assertUnloadable(
                "the model's node padded gives a tensor of [3, 2097160, 6, 2] for 3 images, 301991040 bytes besides the 32 of those before it, at most 1048576 are allowed together");
    }

    @Test
    void refusesProductsThatBroadcastToMore() {
        floats("column", 1 << 10, 1);
        floats("row", 1, 1 << 10);
        add("Mul", "products", "column", "row");
        assertUnloadable("the model's node products gives a tensor of [1024, 1024] for 3 images, 4194304 bytes");
    }

    /** The product of {@code [600 / batch, batch]} with its transpose is nine times as large for one image as for three. */
    @Test
    void refusesWhatIsHugeForAFewImagesAlone() {
        add("Shape", "shape", "images").putAttr("out_type", type(DataType.DT_INT32));
        ints("zero", 0);
        ints("one", 1);
        add("StridedSlice", "batch", "shape", "zero", "one", "one").putAttr("shrink_axis_mask", integer(1));
        scalar("rest", -1);
        add("Pack", "target", "rest", "batch");
        floats("values", 600);
        add("Reshape", "tall", "values", "target");
        add("MatMul", "products", "tall", "tall").putAttr("transpose_b", flag(true));
        assertUnloadable("the model's node products gives a tensor of [600, 600] for 1 images, 1440000 bytes");
    }

    @Test
    void addsUpWhatEachNodeMakes() {
        String last = "images";
        for (int copy = 0; copy < 1_000; copy++) {
            add("Relu", "copy" + copy, last);
            last = "copy" + copy;
        }
        assertUnloadable(
                "gives a tensor of [3, 8, 6, 2] for 3 images, 1152 bytes besides the 1048320 of those before it");
    }

    @Test
    void countsConstantsThatAreFilledFromLess() {
        for (int copy = 0; copy < 2; copy++) {
            floats("filled" + copy, 1 << 18);
        }
        assertUnloadable(
                "the model's node filled1 gives a tensor of [262144] for 3 images, 1048576 bytes besides the 1048576");
    }

    @Test
    void refusesWhatItCantInfer() {
        add("Reshape", "flat", "images", "images");
        assertUnloadable(
                "the sizes of the model's node flat can't be told for 3 images: its input images depends on more than shapes and constants");
        graph.removeNode(graph.getNodeCount() - 1);
        add("Placeholder", "other");
        assertUnloadable("node other can't be told for 3 images: it is another input than the signature's");
        graph.removeNode(graph.getNodeCount() - 1);
        add("Relu", "nowhere", "images:1");
        assertUnloadable("its input images:1 doesn't exist");
        graph.removeNode(graph.getNodeCount() - 1);
        add("Relu", "names", "images").putAttr("T", type(DataType.DT_STRING));
        assertUnloadable("its type DT_STRING isn't one of numbers");
    }

    @Test
    void refusesGraphsThatHaveNoOrder() {
        add("Relu", "one", "other");
        assertUnloadable("the model's node one has the input other, which no node gives");
        add("Relu", "other", "^one");
        assertUnloadable("the model's graph has a cycle");
        add("Relu", "one", "images");
        assertUnloadable("the model has several nodes one");
    }

    /** What is fed in place of another operation's output may be larger than that. */
    @Test
    void refusesInputsThatArentPlaceholders() {
        graph.getNodeBuilder(0).setName("others");
        add("Shape", "images", "others");
        assertUnloadable("the model's input images is images:0, which must be the output of a Placeholder");
    }

    private void assertUnloadable(String message) {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> GraphShapes.require(model(), SIGNATURE, LIMITS))
                .withMessageContaining(message);
    }

    private MetaGraphDef model() {
        return MetaGraphDef.newBuilder()
                .setGraphDef(graph)
                .putSignatureDef(
                        ServingSignature.NAME,
                        SignatureDef.newBuilder()
                                .putInputs(
                                        ServingSignature.IMAGES,
                                        TensorInfo.newBuilder()
                                                .setName("images:0")
                                                .build())
                                .build())
                .build();
    }

    private NodeDef.Builder window(String operation, String name, String padding, String... inputs) {
        return add(operation, name, inputs).putAttr("padding", text(padding)).putAttr("strides", integers(1, 1, 1, 1));
    }

    /** A node of floats, to be given more attributes. */
    private NodeDef.Builder add(String operation, String name, String... inputs) {
        return graph.addNodeBuilder()
                .setOp(operation)
                .setName(name)
                .addAllInput(List.of(inputs))
                .putAttr("T", type(DataType.DT_FLOAT));
    }

    private void floats(String name, long... shape) {
        TensorProto.Builder values = TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape(LongStream.of(shape).boxed().toList()))
                .addFloatVal(1);
        constant(name, values);
    }

    private void ints(String name, int... values) {
        constant(
                name,
                DataType.DT_INT32,
                List.of((long) values.length),
                IntStream.of(values).boxed().toList());
    }

    private void scalar(String name, int value) {
        constant(name, DataType.DT_INT32, List.of(), List.of(value));
    }

    private void constant(String name, DataType type, List<Long> shape, List<Integer> values) {
        constant(
                name,
                TensorProto.newBuilder()
                        .setDtype(type)
                        .setTensorShape(shape(shape))
                        .addAllIntVal(values));
    }

    private void constant(String name, TensorProto.Builder values) {
        add("Const", name)
                .removeAttr("T")
                .putAttr("dtype", type(values.getDtype()))
                .putAttr("value", AttrValue.newBuilder().setTensor(values).build());
    }

    private static TensorShapeProto shape(List<Long> sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        sizes.forEach(size -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size)));
        return shape.build();
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static AttrValue flag(boolean value) {
        return AttrValue.newBuilder().setB(value).build();
    }

    private static AttrValue text(String value) {
        return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
    }

    private static AttrValue integer(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }

    private static AttrValue integers(long... values) {
        return AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder()
                        .addAllI(LongStream.of(values).boxed().toList()))
                .build();
    }
}
