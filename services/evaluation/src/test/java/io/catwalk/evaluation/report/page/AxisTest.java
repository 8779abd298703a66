package io.catwalk.evaluation.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AxisTest {
    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of(0, 0.63, List.of("0.0", "0.2", "0.4", "0.6", "0.8")),
                Arguments.of(0.861, 0.902, List.of("0.86", "0.87", "0.88", "0.89", "0.90", "0.91")),
                Arguments.of(0, 6, List.of("0", "1", "2", "3", "4", "5", "6")),
                Arguments.of(0, 60, List.of("0", "10", "20", "30", "40", "50", "60")),
                Arguments.of(0, 0, List.of("0.0", "0.2")),
                Arguments.of(1, 1, List.of("1.0", "1.2")));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void hasRoundTicksAroundTheValues(double lowest, double highest, List<String> labels) {
        assertThat(Axis.rounded(lowest, highest, 0, 100).ticks())
                .extracting(Axis.Tick::label)
                .containsExactlyElementsOf(labels);
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.of(1, List.of("1")),
                Arguments.of(5, List.of("1", "2", "3", "4", "5")),
                Arguments.of(7, List.of("1", "2", "3", "4", "5", "6", "7")),
                Arguments.of(20, List.of("5", "10", "15", "20")),
                Arguments.of(200, List.of("50", "100", "150", "200")));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void countsInWholeNumbers(int last, List<String> labels) {
        assertThat(Axis.counting(last, 0, 100).ticks())
                .extracting(Axis.Tick::label)
                .containsExactlyElementsOf(labels);
    }

    @Test
    void mapsItsEndsToThePicturesEdges() {
        Axis upward = Axis.rounded(0, 6, 258, 36);

        assertThat(upward.position(0)).isEqualTo("258.0");
        assertThat(upward.position(6)).isEqualTo("36.0");
        assertThat(upward.position(3)).isEqualTo("147.0");
        assertThat(Axis.counting(1, 0, 100).position(1)).isEqualTo("50.0");
    }

    @Property
    void coversItsValuesWithAFewTicks(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double other) {
        Axis axis = Axis.rounded(Math.min(one, other), Math.max(one, other), 0, 100);

        assertThat(axis.from()).isLessThanOrEqualTo(Math.min(one, other) + 1e-9);
        assertThat(axis.to()).isGreaterThanOrEqualTo(Math.max(one, other) - 1e-9);
        assertThat(axis.ticks()).hasSizeBetween(2, 9);
    }
}
