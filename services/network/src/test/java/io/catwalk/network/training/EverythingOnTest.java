package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.GELU;
import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static io.catwalk.network.layer.Activation.SWISH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.network.Network;
import io.catwalk.network.augmentation.HorizontalFlip;
import io.catwalk.network.augmentation.RandomCrop;
import io.catwalk.network.augmentation.RandomErasing;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.AveragePool;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.DepthwiseConv2d;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.AdamW;
import io.catwalk.network.optimizer.Optimizer;
import io.catwalk.network.optimizer.RmsProp;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.preprocessing.Preprocessing;
import io.catwalk.network.schedule.OneCycle;
import io.catwalk.network.schedule.WarmUp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of layer, augmentation and regularisation in one run. */
class EverythingOnTest {
    private static final int CLASSES = 4;
    private static final Network NETWORK = new Network(
            "everything",
            new ImageShape(12, 10, 3),
            CLASSES,
            List.of(
                    Conv2d.bare(8, Window.same(3)),
                    new MaxPool(2, 2),
                    new BatchNorm(0.9f, 1e-3f),
                    new ActivationLayer(RELU),
                    new ResidualBlock(
                            List.of(
                                    new DepthwiseConv2d(1, new Window(3, 2, Padding.SAME), true, SWISH),
                                    new Dropout(0.1f),
                                    Conv2d.bare(12, Window.same(1)),
                                    new BatchNorm()),
                            RELU),
                    new AveragePool(2, 1),
                    new Conv2d(6, new Window(2, 1, Padding.VALID), true, GELU),
                    new GlobalAveragePool(),
                    new Dropout(0.3f),
                    new Dense(CLASSES, LINEAR)));
    private static final int BATCH = 12;

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Adam(), new AdamW(), new RmsProp(0.9f, 0.5f, 1e-7f), new Sgd(0.9f, true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aResumedRunEqualsTheUninterruptedOneBitByBit(Optimizer optimizer) {
        byte[] uninterrupted;
        byte[] halfway;
        double score;
        try (TrainingSession session = open(optimizer)) {
            steps(session, 0, 4);
            halfway = session.capture().encode();
            steps(session, 4, 9);
            uninterrupted = session.capture().encode();
            score = score(session);
        }
        try (TrainingSession session = open(optimizer)) {
            session.restore(Checkpoint.decode(halfway));
            steps(session, 4, 9);
            assertThat(session.capture().encode()).isEqualTo(uninterrupted);
            assertThat(score(session)).isEqualTo(score);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void severalStepsPerCallOnAResidentSetEqualSingleStepsBitByBit(Optimizer optimizer) {
        RandomPixels set = new RandomPixels(50);
        int[] order = IntStream.range(0, 9 * BATCH).map(i -> i * 7 % 50).toArray();
        List<StepOutcome> single = new ArrayList<>();
        byte[] bits;
        double score;
        try (TrainingSession session = open(optimizer)) {
            for (int step = 0; step < 9; step++) {
                int[] batch = Arrays.copyOfRange(order, step * BATCH, (step + 1) * BATCH);
                single.add(session.step(set.images(batch), set.labels(batch), step));
            }
            bits = session.capture().encode();
            score = score(session);
        }
        try (TrainingSession session = TrainingSession.resident(NETWORK, everything(optimizer), 42, set, 4)) {
            Checkpoint start = session.capture();
            for (List<Integer> calls : List.of(List.of(4, 1, 3, 1), List.of(1, 4, 4), List.of(2, 2, 2, 2, 1))) {
                session.restore(start);
                List<StepOutcome> together = new ArrayList<>();
                for (int steps : calls) {
                    int from = together.size();
                    int[] images = Arrays.copyOfRange(order, from * BATCH, (from + steps) * BATCH);
                    together.addAll(session.steps(images, steps, from));
                }
                assertThat(together).isEqualTo(single);
                assertThat(Arrays.equals(session.capture().encode(), bits)).isTrue();
                assertThat(score(session)).isEqualTo(score);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.steps(order, 9, 0))
                    .withMessage("9 steps can't share 108 images; there are 1 to 4 steps a call");
            assertThatIllegalStateException()
                    .isThrownBy(() -> session.step(set.images(order), set.labels(order), 0))
                    .withMessage("the session keeps its images: its steps take no others");
        }
    }

    /** Images of random bytes. */
    private record RandomPixels(int count) implements ImageSource {
        private static final int SIZE = Math.toIntExact(NETWORK.input().size());

        @Override
        public int label(int image) {
            return image % CLASSES;
        }

        @Override
        public void copyPixels(int image, byte[] target, int offset) {
            byte[] pixels = new byte[SIZE];
            new Random(image).nextBytes(pixels);
            System.arraycopy(pixels, 0, target, offset, SIZE);
        }

        float[] images(int... chosen) {
            byte[] pixels = new byte[chosen.length * SIZE];
            for (int i = 0; i < chosen.length; i++) {
                copyPixels(chosen[i], pixels, i * SIZE);
            }
            return Preprocessing.toUnit(pixels);
        }

        int[] labels(int... chosen) {
            return Arrays.stream(chosen).map(this::label).toArray();
        }
    }

    @Test
    void augmentationDependsOnTheStepAndScoringHasNone() {
        float[] images = Samples.images(NETWORK, BATCH, 0);
        int[] labels = Samples.labels(NETWORK, BATCH, 0);
        var onlyAugmented = new Hyperparameters(
                everything(new Adam()).descent(),
                everything(new Adam()).firstWeights(),
                new Regularisation(0, 0, List.of(new RandomCrop(2))),
                Precision.FLOAT32);
        Network plain =
                new Network("plain", NETWORK.input(), CLASSES, List.of(new Flatten(), new Dense(CLASSES, LINEAR)));
        try (TrainingSession session = TrainingSession.open(plain, onlyAugmented, 1)) {
            Checkpoint start = session.capture();
            Score before = session.score(images, labels);
            float first = session.step(images, labels, 0).loss();
            session.restore(start);
            float second = session.step(images, labels, 1).loss();
            session.restore(start);
            assertThat(session.step(images, labels, 0).loss())
                    .isEqualTo(first)
                    .isNotEqualTo(second)
                    .isNotCloseTo((float) before.loss(), within(1e-5f));
            session.restore(start);
            assertThat(session.score(images, labels)).isEqualTo(before);
        }
    }

    @Test
    void theExportedModelIsTheAverageThatIsScored(@TempDir Path folder) throws IOException {
        try (TrainingSession session = open(new AdamW())) {
            steps(session, 0, 12);
            Path model = folder.resolve("model");
            byte[] archive = SavedModelExport.archive(NETWORK, session.weights());
            SavedModelArchive.unpack(new ByteArrayInputStream(archive), model, 10_000_000);
            assertThat(SavedModelExport.archive(NETWORK, session.capture().weights(NETWORK)))
                    .isEqualTo(archive);

            float[] images = Samples.images(NETWORK, 1, 99);
            try (Classifier classifier = SavedModelClassifier.load(model, new TensorLimits(64, 1 << 30))) {
                float[] probabilities = classifier.probabilities(images, 1);
                for (int label = 0; label < CLASSES; label++) {
                    double loss = session.score(images, new int[] {label}).loss();
                    assertThat((double) probabilities[label]).isCloseTo(Math.exp(-loss), within(1e-5));
                }
            }
        }
    }

    @Test
    void theAverageDiffersFromTheInitialAndLastWeights() {
        try (TrainingSession session = open(new Sgd(0.9f, true))) {
            assertThat(session.weights().toBytes()).isEqualTo(raw(session));
            steps(session, 0, 5);
            assertThat(session.weights().toBytes()).isNotEqualTo(raw(session));
        }
    }

    @Test
    void overfitsASmallBatch() {
        float[] images = Samples.images(NETWORK, BATCH, 0);
        int[] labels = Samples.labels(NETWORK, BATCH, 0);
        var hyperparameters = new Hyperparameters(
                everything(new Adam()).descent(),
                everything(new Adam()).firstWeights(),
                Regularisation.none(),
                Precision.FLOAT32);
        try (TrainingSession session = TrainingSession.open(NETWORK, hyperparameters, 1)) {
            for (int step = 0; step < 300; step++) {
                session.step(images, labels, step);
            }
            assertThat(session.score(images, labels).accuracy()).isGreaterThanOrEqualTo(0.9);
        }
    }

    @Test
    void refusesAnAugmentationThatDoesNotFit() {
        var hyperparameters = new Hyperparameters(
                everything(new Adam()).descent(),
                everything(new Adam()).firstWeights(),
                new Regularisation(0, 0, List.of(new RandomCrop(10))),
                Precision.FLOAT32);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainingSession.open(NETWORK, hyperparameters, 1))
                .withMessage("padding is 10, must be below 10 on images of 12x10x3");
    }

    @Test
    void refusesValuesOutOfRange() {
        var schedule = new OneCycle(0.1, 10);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(new Adam(), schedule, OptionalDouble.of(0), OptionalDouble.empty()))
                .withMessage("maxGradientNorm must be above 0 and finite, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Descent(new Adam(), schedule, OptionalDouble.empty(), OptionalDouble.of(1)))
                .withMessage("averaging must be above 0 and below 1, not 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Regularisation(1, 0, List.of()))
                .withMessage("labelSmoothing must be at least 0 and below 1, not 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Regularisation(0, -1, List.of()))
                .withMessage("weightDecay must be at least 0 and finite, not -1.0");
    }

    private static Hyperparameters everything(Optimizer optimizer) {
        return new Hyperparameters(
                new Descent(
                        optimizer,
                        new WarmUp(3, new OneCycle(0.01, 300)),
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.9)),
                new FirstWeights(Initializer.HE_NORMAL, Initializer.HE_UNIFORM),
                new Regularisation(0.1f, 1e-3f, List.of(new RandomCrop(2), new HorizontalFlip(), new RandomErasing())),
                Precision.FLOAT32);
    }

    private static TrainingSession open(Optimizer optimizer) {
        return TrainingSession.open(NETWORK, everything(optimizer), 42);
    }

    private static void steps(TrainingSession session, int from, int to) {
        for (int step = from; step < to; step++) {
            session.step(Samples.images(NETWORK, BATCH, step), Samples.labels(NETWORK, BATCH, step), step);
        }
    }

    private static double score(TrainingSession session) {
        return session.score(Samples.images(NETWORK, BATCH, 77), Samples.labels(NETWORK, BATCH, 77))
                .loss();
    }

    /** The weights themselves, without their averages. */
    private static byte[] raw(TrainingSession session) {
        List<NamedTensor> tensors = session.capture().tensors().stream()
                .filter(tensor -> !tensor.name().endsWith(Checkpoint.AVERAGE))
                .toList();
        return new Checkpoint(tensors).weights(NETWORK).toBytes();
    }
}
