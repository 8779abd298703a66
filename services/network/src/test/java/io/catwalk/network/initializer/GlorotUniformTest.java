package io.catwalk.network.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import io.catwalk.network.layer.WeightRole;
import io.catwalk.network.layer.WeightSpec;
import org.junit.jupiter.api.Test;

class GlorotUniformTest {
    private static final WeightSpec CONVOLUTION = new WeightSpec("c.kernel", List.of(3, 3, 32, 64), WeightRole.KERNEL);
    private static final WeightSpec DENSE = new WeightSpec("d.kernel", List.of(2048, 128), WeightRole.KERNEL);
    private static final WeightSpec BIAS = new WeightSpec("d.bias", List.of(128), WeightRole.BIAS);

    /** The limits by TensorFlow 1's fan rules, written out. */
    @Test
    void countsFansAsTensorFlowDoes() {
        assertThat(GlorotUniform.limit(CONVOLUTION)).isEqualTo(Math.sqrt(6.0 / (9 * 32 + 9 * 64)));
        assertThat(GlorotUniform.limit(DENSE)).isEqualTo(Math.sqrt(6.0 / (2048 + 128)));
        assertThat(GlorotUniform.limit(BIAS)).isEqualTo(Math.sqrt(6.0 / (128 + 128)));
    }

    @Test
    void isUniformWithinTheLimit() {
        float[] values = new GlorotUniform().values(DENSE, 42);
        double limit = GlorotUniform.limit(DENSE);

        double mean = 0;
        double square = 0;
        float largest = 0;
        for (float value : values) {
            mean += value / values.length;
            square += (double) value * value / values.length;
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(values).hasSize(2048 * 128);
        assertThat(largest).isLessThanOrEqualTo((float) limit).isGreaterThan((float) (0.9999 * limit));
        assertThat(mean).isCloseTo(0, within(0.005 * limit));
        assertThat(square).isCloseTo(limit * limit / 3, within(0.01 * limit * limit));
    }

    @Test
    void dependsOnlyOnSeedAndName() {
        var initializer = new GlorotUniform();
        WeightSpec other = new WeightSpec("e.bias", BIAS.dimensions(), WeightRole.BIAS);

        assertThat(initializer.values(BIAS, 1))
                .isEqualTo(initializer.values(BIAS, 1))
                .isNotEqualTo(initializer.values(BIAS, 2))
                .isNotEqualTo(initializer.values(other, 1));
    }
}
