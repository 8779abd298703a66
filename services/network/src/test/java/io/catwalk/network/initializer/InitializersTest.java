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

    /** Variances by Glorot and Bengio 2010 (equation 12) and He et al. 2015 (equation 10), by hand. */
    static Stream<Arguments> variances() {
        return Stream.of(
                Arguments.of(new GlorotUniform(), CONVOLUTION, 2.0 / (288 + 576)),
                Arguments.of(new GlorotNormal(), CONVOLUTION, 2.0 / (288 + 576)),
                Arguments.of(new HeUniform(), CONVOLUTION, 2.0 / 288),
                Arguments.of(new HeNormal(), CONVOLUTION, 2.0 / 288),
                Arguments.of(new HeNormal(), DEPTHWISE, 2.0 / 9),
                Arguments.of(new GlorotNormal(), DEPTHWISE, 2.0 / (9 + 18)));
    }

    @ParameterizedTest
    @MethodSource("variances")
    void haveTheirVarianceAndShape(Initializer initializer, WeightSpec weight, double variance) {
        float[] values = initializer.values(weight, 42);
        boolean uniform = initializer instanceof GlorotUniform || initializer instanceof HeUniform;

        assertThat(values).hasSize(weight.size());
        double deviation = Math.sqrt(variance);
        assertThat(moment(values, 1)).isCloseTo(0, within(0.03 * deviation));
        assertThat(moment(values, 2) / variance).isCloseTo(1, within(0.03));
        assertThat(moment(values, 4) / (variance * variance)).as("kurtosis").isCloseTo(uniform ? 1.8 : 3, within(0.15));
    }

    @Test
    void dependOnlyOnSeedAndName() {
        var initializer = new HeNormal();
        WeightSpec other = new WeightSpec("e.kernel", CONVOLUTION.dimensions(), WeightRole.KERNEL);

        assertThat(initializer.values(CONVOLUTION, 1))
                .isEqualTo(initializer.values(CONVOLUTION, 1))
                .isNotEqualTo(initializer.values(CONVOLUTION, 2))
                .isNotEqualTo(initializer.values(other, 1));
    }

    @Test
    void rolesSelectTheInitializer() {
        FirstWeights rules = new FirstWeights(new HeNormal(), new Zeros());

        assertThat(rules.values(CONVOLUTION, 1)).isEqualTo(new HeNormal().values(CONVOLUTION, 1));
        assertThat(rules.values(DEPTHWISE, 1)).isEqualTo(new HeNormal().values(DEPTHWISE, 1));
        assertThat(rules.values(one(WeightRole.BIAS), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.OFFSET), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.MOVING_MEAN), 1)).containsExactly(0, 0);
        assertThat(rules.values(one(WeightRole.SCALE), 1)).containsExactly(1, 1);
        assertThat(rules.values(one(WeightRole.MOVING_VARIANCE), 1)).containsExactly(1, 1);
        WeightSpec bias = one(WeightRole.BIAS);
        assertThat(new FirstWeights(new Zeros(), new GlorotUniform()).values(bias, 1))
                .isEqualTo(new GlorotUniform().values(bias, 1))
                .doesNotContain(0);
    }

    private static WeightSpec one(WeightRole role) {
        return new WeightSpec("w", List.of(2), role);
    }

    private static double moment(float[] values, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }
}
