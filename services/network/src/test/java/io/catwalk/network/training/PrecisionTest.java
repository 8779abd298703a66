package io.catwalk.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    @Test
    void refusesBfloat16WhereItWouldBeEmulated() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precision.BFLOAT16.requireSupport(() -> machine(true, "avx2", "fma", "avx512f")))
                .withMessage("precision is bfloat16, must be float32 on this processor (Test CPU): it has neither"
                        + " avx512_bf16 nor amx_bf16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precision.BFLOAT16.requireSupport(() -> machine(false, "amx_bf16")))
                .withMessage(
                        "precision is bfloat16, must be float32 without oneDNN: set TF_ENABLE_ONEDNN_OPTS=1 for it");
        assertThatCode(() -> {
                    Precision.BFLOAT16.requireSupport(() -> machine(true, "avx512_bf16"));
                    Precision.BFLOAT16.requireSupport(() -> machine(true, "amx_bf16"));
                    Precision.FLOAT32.requireSupport(() -> machine(false));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void isNativeWhereItIsSupported() {
        assertThat(Precision.BFLOAT16.isNative(machine(true, "avx512_bf16"))).isTrue();
        assertThat(Precision.BFLOAT16.isNative(machine(false, "amx_bf16"))).isFalse();
        assertThat(Precision.BFLOAT16.isNative(machine(true, "avx2"))).isFalse();
        assertThat(Precision.FLOAT32.isNative(machine(false))).isTrue();
    }

    /** On a processor without bfloat16 this shows the refusal, on one with it the training. */
    @Test
    void trainsInBfloat16OrRefusesIt() {
        Network network = Presets.named("tutorial-cnn").orElseThrow().network(new ImageShape(8, 8, 1), 5);
        if (Precision.BFLOAT16.isNative(RuntimeEnvironment.detect())) {
            float exact = lossAfterSteps(network, Precision.FLOAT32);
            assertThat(lossAfterSteps(network, Precision.BFLOAT16))
                    .isNotEqualTo(exact)
                    .isCloseTo(exact, within(0.05f))
                    .isEqualTo(lossAfterSteps(network, Precision.BFLOAT16));
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> lossAfterSteps(network, Precision.BFLOAT16))
                    .withMessageContaining("precision is bfloat16, must be float32");
        }
    }

    private static float lossAfterSteps(Network network, Precision precision) {
        Hyperparameters tutorial = Hyperparameters.tutorial();
        var hyperparameters =
                new Hyperparameters(tutorial.descent(), tutorial.firstWeights(), tutorial.regularisation(), precision);
        try (TrainingSession session = TrainingSession.open(network, hyperparameters, 1)) {
            for (int step = 0; step < 5; step++) {
                session.step(Samples.images(network, 16, step), Samples.labels(network, 16, step), step);
            }
            return session.step(Samples.images(network, 16, 5), Samples.labels(network, 16, 5), 5)
                    .loss();
        }
    }

    private static RuntimeEnvironment machine(boolean oneDnn, String... features) {
        return new RuntimeEnvironment("Test CPU", List.of(features), 2, oneDnn, "2.18.0", "CPU");
    }
}
