package io.catwalk.benchmark.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class BracketedTest {
    @Test
    void aSteadySlowdownCancelsOut() {
        Bracketed bracketed = Bracketed.of(List.of(0.9 * 95, 0.9 * 85, 0.9 * 75), List.of(100.0, 90.0, 80.0, 70.0));

        assertThat(bracketed.ratios())
                .hasSize(3)
                .allSatisfy(ratio -> assertThat(ratio).isCloseTo(0.9, within(1e-12)));
    }

    @Test
    void printsTheMedianAndTheSortedRatios() {
        Bracketed bracketed = Bracketed.of(List.of(110.0, 90.0, 100.0), List.of(100.0, 100.0, 100.0, 100.0));

        assertThat(bracketed).hasToString("1.000 (median of 0.900, 1.000, 1.100)");
    }

    @Test
    void requiresMeasurementsOnBothSides() {
        assertThatThrownBy(() -> Bracketed.of(List.of(1.0), List.of(1.0)))
                .hasMessage("1 measurements lie between 1, not 2");
        assertThatThrownBy(() -> Bracketed.of(List.of(), List.of(1.0))).hasMessage("nothing was measured");
    }
}
