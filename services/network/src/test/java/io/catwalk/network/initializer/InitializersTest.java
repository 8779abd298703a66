package io.catwalk.network.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;

import io.catwalk.network.layer.WeightRole;
import io.catwalk.network.layer.WeightSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {
    /** 3x3 from 32 to 64: 288 inputs an output, 576 outputs an input. */
    private static final WeightSpec CONVOLUTION = new WeightSpec("c.kernel", List.of(3, 3, 32, 64), WeightRole.KERNEL);

    private static final WeightSpec DEPTHWISE =
            new WeightSpec("d.kernel", List.of(3, 3, 4000, 2), WeightRole.DEPTHWISE_KERNEL);

    private static final WeightSpec DENSE = new WeightSpec("d.kernel", List.of(2048, 128), WeightRole.KERNEL);
    private static final WeightSpec BIAS = new WeightSpec("d.bias", List.of(100_000), WeightRole.BIAS);

    /**
     * Variances by Glorot and Bengio 2010 (equation 12) and He et al. 2015 (equation 10), with TensorFlow 1's fan rules, by hand.
     */
    static Stream<Arguments> variances() {
        return Stream.of(
                Arguments.of(Initializer.GLOROT_UNIFORM, CONVOLUTION, 2.0 / (288 + 576)),
                Arguments.of(Initializer.GLOROT_UNIFORM, DENSE, 2.0 / (2048 + 128)),
                Arguments.of(Initializer.GLOROT_UNIFORM, BIAS, 2.0 / (100_000 + 100_000)),
                Arguments.of(Initializer.GLOROT_NORMAL, CONVOLUTION, 2.0 / (288 + 576)),
                Arguments.of(Initializer.HE_UNIFORM, CONVOLUTION, 2.0 / 288),
                Arguments.of(Initializer.HE_NORMAL, CONVOLUTION, 2.0 / 288),
                Arguments.of(Initializer.HE_NORMAL, DEPTHWISE, 2.0 / 9),
                Arguments.of(Initializer.GLOROT_NORMAL, DEPTHWISE, 2.0 / (9 + 18)));
    }

    @ParameterizedTest
    @MethodSource("variances")
    void haveTheirVarianceAndShape(Initializer initializer, WeightSpec weight, double variance) {
        float[] values = initializer.values(weight, 42);
        boolean uniform = initializer == Initializer.GLOROT_UNIFORM || initializer == Initializer.HE_UNIFORM;

        assertThat(values).hasSize(weight.size());
        double deviation = Math.sqrt(variance);
        assertThat(moment(values, 1)).isCloseTo(0, within(0.03 * deviation));
        assertThat(moment(values, 2) / variance).isCloseTo(1, within(0.03));
        assertThat(moment(values, 4) / (variance * variance)).as("kurtosis").isCloseTo(uniform ? 1.8 : 3, within(0.15));
        if (uniform) {
            double limit = Math.sqrt(3 * variance);
            assertThat((double) maximum(values)).isBetween(0.999 * limit, limit * (1 + 1e-6));
        }
    }

    @Test
    void dependOnlyOnSeedAndName() {
        var initializer = Initializer.HE_NORMAL;
        WeightSpec other = new WeightSpec("e.kernel", CONVOLUTION.dimensions(), WeightRole.KERNEL);

        assertThat(initializer.values(CONVOLUTION, 1))
                .isEqualTo(initializer.values(CONVOLUTION, 1))
                .isNotEqualTo(initializer.values(CONVOLUTION, 2))
                .isNotEqualTo(initializer.values(other, 1));
    }

    @Test
    void rolesSelectTheInitializer() {
        FirstWeights rules = new FirstWeights(Initializer.HE_NORMAL, Initializer.ZEROS);

        assertThat(rules.values(CONVOLUTION, 1)).isEqualTo(Initializer.HE_NORMAL.values(CONVOLUTION, 1));
        assertThat(rules.values(DEPTHWISE, 1)).isEqualTo(Initializer.HE_NORMAL.values(DEPTHWISE, 1));
        assertThat(rules.values(one(WeightRole.BIAS), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.OFFSET), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.MOVING_MEAN), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.SCALE), 1)).containsExactly(1, 1);
        assertThat(rules.values(one(WeightRole.MOVING_VARIANCE), 1)).containsExactly(1, 1);
        WeightSpec bias = one(WeightRole.BIAS);
        assertThat(new FirstWeights(Initializer.ZEROS, Initializer.GLOROT_UNIFORM).values(bias, 1))
                .isEqualTo(Initializer.GLOROT_UNIFORM.values(bias, 1))
                .doesNotContain(0);
    }

    private static WeightSpec one(WeightRole role) {
        return new WeightSpec("w", List.of(2), role);
    }

    private static float maximum(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }
}
