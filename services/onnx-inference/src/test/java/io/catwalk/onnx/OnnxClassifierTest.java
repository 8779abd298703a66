package io.catwalk.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.catwalk.network.Network;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.TutorialCnnDropout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxClassifierTest {
    private static final int CLASSES = 5;
    private static final Network NETWORK = new TutorialCnnDropout().network(new ImageShape(8, 6, 3), CLASSES);
    private static final byte[] MODEL = OnnxExport.model(NETWORK, BothEngines.weights(NETWORK, 1));

    private static final TensorLimits LIMITS = new TensorLimits(16, 1 << 24);

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.write(folder.resolve("model.onnx"), MODEL);
    }

    @Test
    void hasTheSignatureOfTheNetwork() {
        try (OnnxClassifier classifier = OnnxClassifier.load(file, 1, LIMITS)) {
            assertThat(classifier.signature()).isEqualTo(new ModelSignature(new ImageShape(8, 6, 3), CLASSES));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void manyThreadsGetTheAnswersOfOne(int threads) throws InterruptedException, ExecutionException {
        float[] images = images(6);
        int size = images.length / 6;
        try (OnnxClassifier classifier = OnnxClassifier.load(file, threads, LIMITS);
                ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<float[]> alone = IntStream.range(0, 6)
                    .mapToObj(image ->
                            classifier.probabilities(Arrays.copyOfRange(images, image * size, (image + 1) * size), 1))
                    .toList();
            List<Callable<float[]>> calls = IntStream.range(0, 600)
                    .<Callable<float[]>>mapToObj(call -> () -> {
                        int image = call % 6;
                        return classifier.probabilities(
                                Arrays.copyOfRange(images, image * size, (image + 1) * size), 1);
                    })
                    .toList();
            List<Future<float[]>> answers = callers.invokeAll(calls);
            for (int call = 0; call < answers.size(); call++) {
                assertThat(answers.get(call).get()).isEqualTo(alone.get(call % 6));
            }
        }
    }

    @Test
    void closesOnceAfterTheRunningCalls() throws InterruptedException, ExecutionException {
        float[] images = images(64);
        for (int round = 0; round < 20; round++) {
            OnnxClassifier classifier = OnnxClassifier.load(file, 1, LIMITS);
            try (ExecutorService caller = Executors.newSingleThreadExecutor()) {
                CountDownLatch answered = new CountDownLatch(2);
                Future<?> calls = caller.submit(() -> {
                    while (true) {
                        classifier.probabilities(images, 64);
                        answered.countDown();
                    }
                });
                answered.await();
                classifier.close();
                classifier.close();
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(calls::get)
                        .havingCause()
                        .isInstanceOf(IllegalStateException.class)
                        .withMessage("the model is closed");
            }
        }
    }

    @Test
    void refusesImagesOfAnotherSizeAndNoImage() {
        try (OnnxClassifier classifier = OnnxClassifier.load(file, 1, LIMITS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> classifier.probabilities(images(2), 1))
                    .withMessage("1 images of 8x6x3 need 144 values each, not 288 in all");
            assertThatIllegalArgumentException().isThrownBy(() -> classifier.logits(new float[0], 0));
        }
    }

    @Test
    void aMissingFileIsNoModel() {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> OnnxClassifier.load(folder.resolve("none.onnx"), 1, LIMITS))
                .withMessage("the ONNX model is missing");
    }

    /** None may load, nor end the process. */
    @Test
    void cutFilesAreNoModels() throws IOException {
        for (int length = 0; length < MODEL.length; length += 1 + MODEL.length / 97) {
            Files.write(file, Arrays.copyOf(MODEL, length));
            assertThatExceptionOfType(UnloadableModelException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> OnnxClassifier.load(file, 1, LIMITS));
        }
    }

    /** A changed weight is still one; whatever else changes is refused or does no harm. */
    @Test
    void flippedBitsAreRefusedOrDoNoHarm() throws IOException {
        Random random = new Random(7);
        for (int flip = 0; flip < 300; flip++) {
            byte[] changed = MODEL.clone();
            int place = random.nextInt(Math.min(changed.length, flip % 2 == 0 ? 2000 : changed.length));
            changed[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, changed);
            try (OnnxClassifier classifier = OnnxClassifier.load(file, 1, LIMITS)) {
                assertThat(classifier.signature().classes()).isEqualTo(CLASSES);
            } catch (UnloadableModelException e) {
                assertThat(e).hasMessageNotContaining("\n");
            }
        }
    }

    @Test
    void refusesWhatMayRunOtherCodeOrReadFiles() throws IOException {
        change(model -> model.getGraphBuilder()
                .addNode(NodeProto.newBuilder().setName("n").setOpType("Loop").addOutput("x")));
        assertUnloadable("node n has the operator Loop, which isn't allowed");
        change(model -> model.getGraphBuilder().getNodeBuilder(0).setDomain("com.example."));
        assertUnloadable("has the operator com.example.", "which isn't allowed");
        change(model -> model.addFunctions(FunctionProto.newBuilder().setName("f")));
        assertUnloadable("has functions");
        change(model -> model.addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.example").setVersion(1)));
        assertUnloadable("must use version 17 of the default operator set and no other set");
        change(model -> model.getGraphBuilder()
                .getInitializerBuilder(0)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd")));
        assertUnloadable("with all its values in the file");
        change(model -> model.getGraphBuilder().getInitializerBuilder(0).setDims(0, 1L << 40));
        assertUnloadable("with all its values in the file");
        change(model -> model.getGraphBuilder()
                .getNodeBuilder(0)
                .addAttribute(AttributeProto.newBuilder().setName("body").setG(GraphProto.newBuilder())));
        assertUnloadable("has the attribute body, which isn't allowed");
    }

    @Tag("fault-22")
    @Test
    void refusesAnotherSignature() throws IOException {
        change(model -> model.getGraphBuilder().getInputBuilder(0).setName("pictures"));
        assertUnloadable("images is missing or not float32");
        change(model -> model.getGraphBuilder().removeOutput(1));
        assertUnloadable("logits is missing or not float32");
        change(model -> model.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(TensorProto.DataType.DOUBLE_VALUE));
        assertUnloadable("images is missing or not float32");
    }

    private void change(Consumer<ModelProto.Builder> change) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(MODEL).toBuilder();
        change.accept(model);
        Files.write(file, model.build().toByteArray());
    }

    private void assertUnloadable(String... parts) {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> OnnxClassifier.load(file, 1, LIMITS))
                .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }

    private static float[] images(int count) {
        Random random = new Random(count);
        float[] images = new float[Math.toIntExact(count * NETWORK.input().size())];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat();
        }
        return images;
    }
}
