package io.catwalk.network.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.TensorSignature.ElementType;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.TutorialCnnDropout;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Samples;
import io.catwalk.network.training.TrainingSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class SavedModelClassifierTest {
    private static final int CLASSES = 5;
    private static final Network NETWORK = new TutorialCnnDropout().network(new ImageShape(8, 6, 3), CLASSES);
    private static final int COUNT = 7;
    private static final float[] IMAGES = Samples.images(NETWORK, COUNT, 3);

    private static Weights weights;
    private static byte[] archive;

    private static final TensorLimits LIMITS = new TensorLimits(16, 1 << 24);

    /** Cross entropy of each image against each class, {@code [image][class]}, as the training session scores it. */
    private static double[][] crossEntropies;

    @TempDir
    private Path folder;

    private Path model;

    @BeforeAll
    static void trainAFewSteps() {
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            for (int step = 0; step < 20; step++) {
                session.step(Samples.images(NETWORK, 16, step), Samples.labels(NETWORK, 16, step), step);
            }
            weights = session.weights();
            archive = SavedModelExport.archive(NETWORK, weights);
            int size = (int) NETWORK.input().size();
            crossEntropies = new double[COUNT][CLASSES];
            for (int image = 0; image < COUNT; image++) {
                float[] one = Arrays.copyOfRange(IMAGES, image * size, (image + 1) * size);
                for (int label = 0; label < CLASSES; label++) {
                    crossEntropies[image][label] =
                            session.score(one, new int[] {label}).loss();
                }
            }
        }
    }

    @BeforeEach
    void unpack() throws IOException {
        model = folder.resolve("model");
        SavedModelArchive.unpack(new ByteArrayInputStream(archive), model, 10_000_000);
    }

    @Test
    void returnsTheProbabilitiesOfTheTrainedNetwork() {
        try (Classifier classifier = SavedModelClassifier.load(model, LIMITS)) {
            float[] probabilities = classifier.probabilities(IMAGES, COUNT);

            assertThat(probabilities).hasSize(COUNT * CLASSES);
            for (int image = 0; image < COUNT; image++) {
                float sum = 0;
                for (int label = 0; label < CLASSES; label++) {
                    float probability = probabilities[image * CLASSES + label];
                    sum += probability;
                    assertThat((double) probability).isCloseTo(Math.exp(-crossEntropies[image][label]), within(1e-5));
                }
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @Test
    void returnsTheLogitsOfTheProbabilities() {
        try (Classifier classifier = SavedModelClassifier.load(model, LIMITS)) {
            float[] probabilities = classifier.probabilities(IMAGES, COUNT);
            float[] logits = classifier.logits(IMAGES, COUNT);

            for (int i = 0; i < CLASSES - 1; i++) {
                assertThat((double) logits[i] - logits[i + 1])
                        .isCloseTo(Math.log(probabilities[i] / probabilities[i + 1]), within(1e-4));
            }
        }
    }

    @Test
    void describesItsInputAndOutput() {
        try (Classifier classifier = SavedModelClassifier.load(model, LIMITS)) {
            ModelSignature signature = classifier.signature();

            assertThat(signature).isEqualTo(new ModelSignature(new ImageShape(8, 6, 3), CLASSES));
            assertThat(signature.inputs())
                    .containsExactly(new TensorSignature("images", ElementType.FLOAT32, List.of(-1L, 8L, 6L, 3L)));
            assertThat(signature.outputs())
                    .containsExactly(
                            new TensorSignature("probabilities", ElementType.FLOAT32, List.of(-1L, 5L)),
                            new TensorSignature("logits", ElementType.FLOAT32, List.of(-1L, 5L)));
        }
    }

    @Test
    void servesManyThreadsConcurrently() throws InterruptedException, ExecutionException {
        try (Classifier classifier = SavedModelClassifier.load(model, LIMITS);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            float[] expected = classifier.probabilities(IMAGES, COUNT);
            List<Callable<float[]>> calls = IntStream.range(0, 200)
                    .<Callable<float[]>>mapToObj(call -> () -> classifier.probabilities(IMAGES, COUNT))
                    .toList();

            for (Future<float[]> answer : threads.invokeAll(calls)) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void closeWaitsForRunningCalls() throws InterruptedException, ExecutionException {
        Classifier classifier = SavedModelClassifier.load(model, LIMITS);
        float[] expected = classifier.probabilities(IMAGES, COUNT);
        CountDownLatch answered = new CountDownLatch(20);
        Callable<Void> callUntilClosed = () -> {
            while (true) {
                try {
                    assertThat(classifier.probabilities(IMAGES, COUNT)).isEqualTo(expected);
                    answered.countDown();
                } catch (IllegalStateException closed) {
                    return null;
                }
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Void>> callers = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(callUntilClosed))
                    .toList();
            answered.await();
            classifier.close();
            for (Future<Void> caller : callers) {
                caller.get();
            }
        }
    }

    @Test
    void refusesWrongBatchSizesAndCallsAfterClose() {
        Classifier classifier = SavedModelClassifier.load(model, LIMITS);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.probabilities(IMAGES, COUNT + 1))
                .withMessage("8 images of 8x6x3 need 144 values each, not 1008 in all");
        assertThatIllegalArgumentException().isThrownBy(() -> classifier.probabilities(new float[0], 0));
        classifier.close();
        assertThatIllegalStateException().isThrownBy(() -> classifier.probabilities(IMAGES, COUNT));
    }

    @Test
    void refusesAMissingOrDamagedFile() throws IOException {
        Path file = model.resolve(SavedModelExport.FILE);
        byte[] content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, content.length - 100));
        assertUnloadable("the model's saved_model.pb is damaged");
        Files.delete(file);
        assertUnloadable("the model has no saved_model.pb");
    }

    @Test
    void refusesOperationsThatReachOutside() throws IOException {
        change(graph -> graph.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("spy").setOp("ReadFile").addInput("path")));
        assertUnloadable("the model's node spy has the operation ReadFile, which isn't allowed");
    }

    @Test
    void refusesFunctions() throws IOException {
        change(graph -> graph.getGraphDefBuilder().getLibraryBuilder().addFunction(FunctionDef.getDefaultInstance()));
        assertUnloadable("the model has functions, which aren't allowed");
    }

    @Test
    void refusesAConstantThatGrows() throws IOException {
        TensorProto huge = TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(TensorShapeProto.Dim.newBuilder().setSize(1L << 40)))
                .addFloatVal(1)
                .build();
        change(graph -> graph.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder()
                        .setName("huge")
                        .setOp("Const")
                        .putAttr(
                                "dtype",
                                AttrValue.newBuilder()
                                        .setType(DataType.DT_FLOAT)
                                        .build())
                        .putAttr("value", AttrValue.newBuilder().setTensor(huge).build())));
        assertUnloadable("the model's node huge spreads");
    }

    @Tag("fault-22")
    @Test
    void refusesAnotherSignature() throws IOException {
        change(graph -> graph.putSignatureDef("other", signature(graph)).removeSignatureDef(ServingSignature.NAME));
        assertUnloadable("it takes []");
    }

    @Test
    void refusesOtherTypesAndShapes() throws IOException {
        change(graph -> changeSignature(graph, signature -> {
            var images = signature.getInputsOrThrow("images").toBuilder().setDtype(DataType.DT_DOUBLE);
            signature.putInputs("images", images.build());
        }));
        assertUnloadable("images is missing or not float32");
    }

    @Test
    void refusesImagesTooLargeToWarmUpWith() throws IOException {
        change(graph -> changeSignature(graph, signature -> {
            var images = signature.getInputsOrThrow("images").toBuilder();
            images.getTensorShapeBuilder().getDimBuilder(1).setSize(1L << 40);
            signature.putInputs("images", images.build());
        }));
        assertUnloadable("are larger than 16777216 values");
    }

    @Test
    void refusesASignatureThatTheGraphContradicts() throws IOException {
        change(graph -> changeSignature(graph, signature -> {
            var outputs = signature.getOutputsOrThrow("probabilities").toBuilder();
            outputs.getTensorShapeBuilder().getDimBuilder(1).setSize(4);
            signature.putOutputs("probabilities", outputs.build()).putOutputs("logits", outputs.build());
        }));
        assertUnloadable("the model gives 5 values for 1 images of 4 classes");
    }

    @Test
    void refusesMissingTensors() throws IOException {
        change(graph -> changeSignature(graph, signature -> {
            var outputs =
                    signature.getOutputsOrThrow("probabilities").toBuilder().setName("nowhere:0");
            signature.putOutputs("probabilities", outputs.build());
        }));
        assertUnloadable("the model can't classify a black image: ");
    }

    @Test
    void refusesAnotherTag() throws IOException {
        change(graph -> graph.getMetaInfoDefBuilder().setTags(0, "train"));
        assertUnloadable("the model must have one graph with the tag serve");
    }

    @Test
    void refusesAGraphThatTensorFlowRefuses() throws IOException {
        change(graph -> graph.getGraphDefBuilder()
                .addNode(NodeDef.newBuilder().setName("loose").setOp("Relu").addInput("images")));
        assertUnloadable("TensorFlow can't load the model");
    }

    @Test
    void refusesWeightsThatAreNotFinite() throws IOException {
        List<NamedTensor> spoiled = weights.tensors().stream()
                .map(tensor -> tensor.name().equals("dense_2.bias") ? filled(tensor, Float.NaN) : tensor)
                .toList();
        byte[] spoiledArchive = SavedModelExport.archive(NETWORK, new Weights(spoiled));
        model = folder.resolve("spoiled");
        SavedModelArchive.unpack(new ByteArrayInputStream(spoiledArchive), model, 10_000_000);
        assertUnloadable("the model gives probabilities of NaN");
    }

    @Test
    void equalWeightsGiveEqualBytes() {
        assertThat(SavedModelExport.archive(NETWORK, weights)).isEqualTo(archive);
        List<NamedTensor> others = weights.tensors().stream()
                .map(tensor -> tensor.name().equals("dense_2.bias") ? filled(tensor, 1) : tensor)
                .toList();
        assertThat(SavedModelExport.archive(NETWORK, new Weights(others))).isNotEqualTo(archive);
    }

    @Test
    void exportsOnlyTheNetworksOwnWeights() {
        Network other = new TutorialCnnDropout().network(new ImageShape(8, 6, 1), CLASSES);
        assertThatIllegalArgumentException().isThrownBy(() -> SavedModelExport.archive(other, weights));
    }

    private static NamedTensor filled(NamedTensor tensor, float value) {
        float[] values = tensor.toArray();
        Arrays.fill(values, value);
        return new NamedTensor(tensor.name(), tensor.dimensions(), FloatBuffer.wrap(values));
    }

    private static SignatureDef signature(MetaGraphDef.Builder graph) {
        return graph.getSignatureDefOrThrow(ServingSignature.NAME);
    }

    private static void changeSignature(MetaGraphDef.Builder graph, Consumer<SignatureDef.Builder> change) {
        SignatureDef.Builder signature = signature(graph).toBuilder();
        change.accept(signature);
        graph.putSignatureDef(ServingSignature.NAME, signature.build());
    }

    private void change(Consumer<MetaGraphDef.Builder> change) throws IOException {
        Path file = model.resolve(SavedModelExport.FILE);
        SavedModel.Builder saved = SavedModel.parseFrom(Files.readAllBytes(file)).toBuilder();
        change.accept(saved.getMetaGraphsBuilder(0));
        Files.write(file, saved.build().toByteArray());
    }

    private void assertUnloadable(String message) {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> SavedModelClassifier.load(model, LIMITS))
                .withMessageContaining(message)
                .withMessageNotContaining(model.toString());
    }
}
