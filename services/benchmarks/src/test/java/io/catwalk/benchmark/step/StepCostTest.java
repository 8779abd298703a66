package io.catwalk.benchmark.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import org.junit.jupiter.api.Test;

class StepCostTest {
    /** By hand: each convolution has output pixels x 9 x channels x filters, each dense layer inputs x units. */
    @Test
    void anImageOfTheTutorialsNetwork() {
        long first = 28 * 28 * 9 * 32;
        long second = 14 * 14 * 9 * 32 * 64;
        long third = 7 * 7 * 9 * 64 * 128;
        long dense = 4 * 4 * 128 * 128 + 128 * 10;
        long forward = first + second + third + dense;

        StepCost cost = StepCost.of(Presets.named("tutorial-cnn").orElseThrow().network(new ImageShape(28, 28, 1), 10));

        assertThat(cost).isEqualTo(new StepCost(forward, first));
        assertThat(cost.flops()).isEqualTo(2 * (forward + forward + forward - first));
    }
}
