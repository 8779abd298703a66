package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSessionTest {
    private static final ImageShape INPUT = new ImageShape(8, 8, 1);
    private static final int CLASSES = 5;
    private static final int BATCH = 16;

    @ParameterizedTest
    @ValueSource(strings = {"tutorial-cnn", "tutorial-cnn-dropout", "regularised-cnn", "resnet-re"})
    void aResumedRunEqualsTheUninterruptedOneBitByBit(String preset) {
        Network network = network(preset);
        try (TrainingSession session = open(network, 42);
                TrainingSession stopped = open(network, 42)) {
            steps(session, network, 0, 6);
            byte[] uninterrupted = session.capture().encode();
            steps(stopped, network, 0, 3);
            byte[] halfway = stopped.capture().encode();

            session.restore(Checkpoint.decode(halfway));
            assertThat(session.capture().encode()).isEqualTo(halfway).isNotEqualTo(uninterrupted);
            steps(session, network, 3, 6);
            assertThat(session.capture().encode()).isEqualTo(uninterrupted);
            steps(stopped, network, 3, 6);
            assertThat(stopped.capture().encode()).isEqualTo(uninterrupted);
        }
    }

    @Test
    void theSeedDecidesWeightsAndDropout() {
        Network network = network("tutorial-cnn-dropout");
        try (TrainingSession one = open(network, 1);
                TrainingSession same = open(network, 1);
                TrainingSession other = open(network, 2)) {
            assertThat(one.weights().toBytes()).isNotEqualTo(other.weights().toBytes());
            steps(one, network, 0, 3);
            steps(same, network, 0, 3);
            assertThat(one.weights().toBytes()).isEqualTo(same.weights().toBytes());

            other.restore(one.capture());
            steps(one, network, 3, 4);
            steps(other, network, 3, 4);
            assertThat(one.weights().toBytes())
                    .as("the same weights, other dropout")
                    .isNotEqualTo(other.weights().toBytes());
        }
    }

    @Test
    void dropoutDependsOnTheStepAndScoringHasNone() {
        Network network = network("tutorial-cnn-dropout");
        float[] images = Samples.images(network, BATCH, 0);
        int[] labels = Samples.labels(network, BATCH, 0);
        try (TrainingSession session = open(network, 1)) {
            Checkpoint start = session.capture();
            Score score = session.score(images, labels);
            float first = session.step(images, labels, 0).loss();
            session.restore(start);
            float second = session.step(images, labels, 1).loss();
            session.restore(start);
            float firstAgain = session.step(images, labels, 0).loss();
            session.restore(start);

            assertThat(firstAgain).isEqualTo(first).isNotEqualTo(second);
            assertThat(score.loss()).isNotCloseTo(first, within(1e-6));
            assertThat(session.score(images, labels)).isEqualTo(score);
        }
    }

    @Test
    void aStepReportsItsOutcomeBeforeTheUpdate() {
        Network network = network("tutorial-cnn");
        float[] images = Samples.images(network, BATCH, 0);
        int[] labels = Samples.labels(network, BATCH, 0);
        try (TrainingSession session = open(network, 1)) {
            for (int step = 0; step < 5; step++) {
                Score before = session.score(images, labels);
                StepOutcome outcome = session.step(images, labels, step);

                assertThat(outcome.loss()).isCloseTo((float) before.loss(), within(1e-5f));
                assertThat(outcome.correct()).isEqualTo(before.correct());
                assertThat(session.score(images, labels).loss()).isLessThan(before.loss());
            }
        }
    }

    @Test
    void overfitsASmallBatch() {
        Network network = network("tutorial-cnn");
        float[] images = Samples.images(network, BATCH, 0);
        int[] labels = Samples.labels(network, BATCH, 0);
        try (TrainingSession session = open(network, 1)) {
            for (int step = 0; step < 150; step++) {
                session.step(images, labels, step);
            }
            assertThat(session.score(images, labels).accuracy()).isEqualTo(1);
        }
    }

    @Test
    void scoresOfPartsAddUp() {
        Network network = network("tutorial-cnn");
        float[] images = Samples.images(network, 10, 0);
        int[] labels = Samples.labels(network, 10, 0);
        int split = 3 * (int) INPUT.size();
        try (TrainingSession session = open(network, 1)) {
            Score whole = session.score(images, labels);
            Score sum = session.score(Arrays.copyOf(images, split), Arrays.copyOf(labels, 3))
                    .plus(session.score(
                            Arrays.copyOfRange(images, split, images.length), Arrays.copyOfRange(labels, 3, 10)));

            assertThat(sum.count()).isEqualTo(10);
            assertThat(sum.correct()).isEqualTo(whole.correct());
            assertThat(sum.loss()).isCloseTo(whole.loss(), within(1e-5));
        }
    }

    @Test
    void reportsALossThatIsNotFinite() {
        Network network = network("tutorial-cnn");
        float[] images = Samples.images(network, BATCH, 0);
        int[] labels = Samples.labels(network, BATCH, 0);
        try (TrainingSession session = open(network, 1)) {
            session.restore(new Checkpoint(session.capture().tensors().stream()
                    .map(tensor -> tensor.name().equals("dense_2.bias") ? notANumber(tensor) : tensor)
                    .toList()));

            assertThat(session.step(images, labels, 0).diverged()).isTrue();
        }
        assertThat(new StepOutcome(Float.POSITIVE_INFINITY, 0).diverged()).isTrue();
        assertThat(new StepOutcome(2.3f, 0).diverged()).isFalse();
    }

    @Test
    void refusesACheckpointOfAnotherNetworkAndKeepsItsState() {
        Network network = network("tutorial-cnn");
        Network wider = new Network(
                "wider", INPUT, CLASSES, List.of(new Flatten(), new Dense(7, RELU), new Dense(CLASSES, LINEAR)));
        Network narrower = new Network(
                "narrower", INPUT, CLASSES, List.of(new Flatten(), new Dense(6, RELU), new Dense(CLASSES, LINEAR)));
        try (TrainingSession session = open(network, 1);
                TrainingSession wide = open(wider, 1);
                TrainingSession narrow = open(narrower, 1)) {
            Checkpoint before = narrow.capture();
            assertThatExceptionOfType(UnusableCheckpointException.class)
                    .isThrownBy(() -> narrow.restore(wide.capture()))
                    .withMessage("the checkpoint is of another network: the shape of dense_1.kernel is [64, 7] there,"
                            + " and [64, 6] here");
            assertThatExceptionOfType(UnusableCheckpointException.class)
                    .isThrownBy(() -> narrow.restore(session.capture()))
                    .withMessage("the checkpoint is of another network or optimizer: network narrower has no"
                            + " conv2d_1.kernel");
            List<NamedTensor> part = new ArrayList<>(before.tensors());
            part.removeLast();
            assertThatExceptionOfType(UnusableCheckpointException.class)
                    .isThrownBy(() -> narrow.restore(new Checkpoint(part)))
                    .withMessageContaining(
                            "it has no " + before.tensors().getLast().name());
            assertThat(narrow.capture().encode()).isEqualTo(before.encode());
            assertThatExceptionOfType(UnusableCheckpointException.class)
                    .isThrownBy(() -> wide.capture().weights(narrower));
        }
    }

    @Test
    void capturesWeightsInTheNetworksOrderThenAdam() {
        Network network = new Network("n", INPUT, CLASSES, List.of(new Flatten(), new Dense(CLASSES, LINEAR)));
        try (TrainingSession session = open(network, 1)) {
            Checkpoint checkpoint = session.capture();

            assertThat(checkpoint.tensors())
                    .extracting(NamedTensor::name)
                    .containsExactly(
                            "dense_1.kernel",
                            "dense_1.bias",
                            "adam.beta1_power",
                            "adam.beta2_power",
                            "dense_1.bias.adam_m",
                            "dense_1.bias.adam_v",
                            "dense_1.kernel.adam_m",
                            "dense_1.kernel.adam_v");
            assertThat(checkpoint.weights(network).toBytes())
                    .isEqualTo(session.weights().toBytes())
                    .hasSize((64 * CLASSES + CLASSES) * Float.BYTES);
        }
    }

    @Test
    void refusesBatchesThatDoNotFit() {
        Network network = network("tutorial-cnn");
        float[] images = Samples.images(network, 2, 0);
        try (TrainingSession session = open(network, 1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.step(images, new int[3], 0))
                    .withMessage("3 labels need 64 values for each image of 8x8x1, not 128 in all");
            assertThatIllegalArgumentException().isThrownBy(() -> session.score(new float[0], new int[0]));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.step(images, new int[] {0, CLASSES}, 0))
                    .withMessage("a label must be within 0..4, not 5");
            assertThatIllegalArgumentException().isThrownBy(() -> session.score(images, new int[] {0, -1}));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.step(images, new int[2], -1))
                    .withMessage("stepNumber must be at least 0, not -1");
        }
    }

    private static NamedTensor notANumber(NamedTensor tensor) {
        float[] values = tensor.toArray();
        values[0] = Float.NaN;
        return new NamedTensor(tensor.name(), tensor.dimensions(), FloatBuffer.wrap(values));
    }

    private static Network network(String preset) {
        return Presets.named(preset).orElseThrow().network(INPUT, CLASSES);
    }

    private static TrainingSession open(Network network, long seed) {
        return TrainingSession.open(network, Hyperparameters.tutorial(), seed);
    }

    private static void steps(TrainingSession session, Network network, int from, int to) {
        IntStream.range(from, to)
                .forEach(step ->
                        session.step(Samples.images(network, BATCH, step), Samples.labels(network, BATCH, step), step));
    }
}
