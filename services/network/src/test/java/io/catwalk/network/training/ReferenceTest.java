package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.WeightSpec;
import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.schedule.Constant;
import org.junit.jupiter.api.Test;

/** Loss, gradients and updates against {@link ReferenceNetwork}, step by step. */
class ReferenceTest {
    private static final Network NETWORK = new Network(
            "reference",
            new ImageShape(ReferenceNetwork.HEIGHT, ReferenceNetwork.WIDTH, 1),
            ReferenceNetwork.CLASSES,
            List.of(
                    new Conv2d(ReferenceNetwork.FILTERS, 3, RELU),
                    new MaxPool(2, 2),
                    new Flatten(),
                    new Dense(ReferenceNetwork.HIDDEN, RELU),
                    new Dense(ReferenceNetwork.CLASSES, LINEAR)));
    private static final int BATCH = 5;

    @Test
    void lossGradientsAndAdamAgreeWithDoubleArithmetic() {
        var hyperparameters = new Hyperparameters(
                new Descent(new Adam(0.8f, 0.95f, 1e-6f), new Constant(0.02f)),
                new FirstWeights(Initializer.GLOROT_UNIFORM, Initializer.GLOROT_UNIFORM),
                Regularisation.none(),
                Precision.FLOAT32);
        try (TrainingSession session = TrainingSession.open(NETWORK, hyperparameters, 7)) {
            Checkpoint first = session.capture();
            ReferenceNetwork reference =
                    new ReferenceNetwork(first, NETWORK.weights().size());
            for (int step = 0; step < 4; step++) {
                float[] images = Samples.images(NETWORK, BATCH, step);
                int[] labels = Samples.labels(NETWORK, BATCH, step);

                double expectedLoss = reference.loss(images, labels);
                reference.step(images, labels, 0.02f, 0.8f, 0.95f, 1e-6f);
                StepOutcome outcome = session.step(images, labels, step);

                assertThat((double) outcome.loss()).isCloseTo(expectedLoss, within(1e-5));
                Checkpoint captured = session.capture();
                for (WeightSpec weight : NETWORK.weights()) {
                    String name = weight.name();
                    assertClose(captured, weight, ".adam_m", reference.mean(name), 1e-5);
                    assertClose(captured, weight, ".adam_v", reference.variance(name), 1e-5);
                    assertClose(captured, weight, "", reference.weight(name), 1e-4);
                }
                assertThat(session.score(images, labels).loss())
                        .isCloseTo(reference.loss(images, labels), within(1e-4));
            }
        }
    }

    private static void assertClose(
            Checkpoint captured, WeightSpec weight, String suffix, double[] expected, double tolerance) {
        NamedTensor actual = captured.required(weight.name() + suffix, weight.dimensions());
        float[] values = actual.toArray();
        for (int i = 0; i < values.length; i++) {
            assertThat((double) values[i]).as("%s[%d]", actual.name(), i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
