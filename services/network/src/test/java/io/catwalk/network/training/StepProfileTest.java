package io.catwalk.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.catwalk.network.Network;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.StepProfile.OperationTime;
import org.junit.jupiter.api.Test;

class StepProfileTest {
    private static final Network NETWORK =
            Presets.named("tutorial-cnn").orElseThrow().network(new ImageShape(8, 8, 1), 5);
    private static final float[] IMAGES = Samples.images(NETWORK, 16, 0);
    private static final int[] LABELS = Samples.labels(NETWORK, 16, 0);

    @Test
    void namesTheOperationsOfAllThreePartsOfAStep() {
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            StepProfile profile = session.profile(IMAGES, LABELS, 0);

            assertThat(profile.operations())
                    .anySatisfy(forward -> {
                        assertThat(forward.name()).startsWith("training/conv2d_2/");
                        assertThat(forward.type()).contains("Conv2D");
                        assertThat(forward.inputs()).contains("conv2d_2.kernel");
                    })
                    .anySatisfy(backward -> assertThat(backward.type()).contains("Conv2DBackpropFilter"))
                    .anySatisfy(update -> assertThat(update.type()).isEqualTo("ApplyAdam"));
            assertThat(profile.operations())
                    .extracting(OperationTime::time)
                    .allSatisfy(time -> assertThat(time).isBetween(Duration.ZERO, Duration.ofSeconds(30)));
        }
    }

    @Test
    void aProfiledStepIsAStep() {
        try (TrainingSession plain = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1);
                TrainingSession profiled = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            plain.step(IMAGES, LABELS, 0);
            profiled.profile(IMAGES, LABELS, 0);

            assertThat(profiled.capture().encode()).isEqualTo(plain.capture().encode());
        }
    }

    @Test
    void accumulatesTheTimeInTheGraphOverSteps() {
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            assertThat(session.timeInGraph()).isZero();
            long started = System.nanoTime();
            session.step(IMAGES, LABELS, 0);
            Duration first = session.timeInGraph();
            session.step(IMAGES, LABELS, 1);
            long passed = System.nanoTime() - started;

            assertThat(first).isPositive();
            assertThat(session.timeInGraph()).isGreaterThan(first).isLessThan(Duration.ofNanos(passed));
        }
    }
}
