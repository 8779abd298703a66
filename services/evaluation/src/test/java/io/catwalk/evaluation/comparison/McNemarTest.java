package io.catwalk.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McNemarTest {
    /** SciPy 1.16: {@code binomtest(b, b + c, 0.5).pvalue}. */
    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 1", "3, 9, 0.14599609375", "12, 12, 1", "5, 19, 0.006610751152038574"})
    void isExactForFew(int onlyFirst, int onlySecond, double probability) {
        McNemar test = McNemar.of(onlyFirst, onlySecond);

        assertThat(test.chiSquared()).isEmpty();
        assertThat(test.probability()).isCloseTo(probability, offset(1e-12));
    }

    /** SciPy 1.16: {@code chi2.sf(max(0, abs(b - c) - 1) ** 2 / (b + c), 1)}. */
    @ParameterizedTest
    @CsvSource({
        "13, 12, 0, 1",
        "10, 15, 0.64, 0.4237107971667936",
        "25, 50, 7.68, 0.005583616806378756",
        "121, 59, 20.67222222222222, 5.450094825427117e-06",
        "86, 150, 16.81779661016949, 4.114562281345944e-05",
        "300, 302, 0.0016611295681063123, 0.9674896539260541",
        "1000, 10, 968.4366336633664, 1.303509267093546e-212"
    })
    void isCorrectedChiSquaredForMany(int onlyFirst, int onlySecond, double chiSquared, double probability) {
        McNemar test = McNemar.of(onlyFirst, onlySecond);

        assertThat(test.chiSquared().orElseThrow()).isCloseTo(chiSquared, offset(chiSquared * 1e-12));
        assertThat(test.probability()).isCloseTo(probability, offset(probability * 1e-9));
    }

    @Property(tries = 500)
    void isSymmetric(@ForAll @IntRange(max = 400) int one, @ForAll @IntRange(max = 400) int other) {
        McNemar test = McNemar.of(one, other);

        assertThat(test.probability())
                .isBetween(0.0, 1.0)
                .isEqualTo(McNemar.of(other, one).probability());
    }

    @Test
    void refusesWhatIsNoNumberOfImages() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> McNemar.of(3, -1))
                .withMessage("onlyFirst and onlySecond: 3 and -1, must be at least 0");
    }
}
