package io.catwalk.evaluation.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.Split;
import org.junit.jupiter.api.Test;

class OverfittingTest {
    private static final double[] FALLING = {0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1};

    @Test
    void isFoundWhereValidationRisesAndTrainingFalls() {
        List<CurvePoint> curve = curve(FALLING, 0.7, 0.5, 0.54, 0.56, 0.57, 0.58, 0.5);

        assertThat(Overfitting.of(curve)).contains(new Overfitting(new CurvePoint(2, Split.VALIDATION, 0.5, 0.5), 4));
    }

    @Test
    void aRiseOfTenPerCentIsNotEnough() {
        assertThat(Overfitting.of(curve(FALLING, 0.7, 0.5, 0.54, 0.55, 0.55, 0.55, 0.55)))
                .isEmpty();
    }

    @Test
    void twoBadEpochsInARowAreNotEnough() {
        assertThat(Overfitting.of(curve(FALLING, 0.7, 0.5, 0.6, 0.6, 0.5, 0.6, 0.6)))
                .isEmpty();
    }

    @Test
    void aTrainingThatGetsWorseTooIsNoOverfitting() {
        double[] rising = {0.8, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1};

        assertThat(Overfitting.of(curve(rising, 0.7, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)))
                .isEmpty();
    }

    @Test
    void theLowestOfTheWholeCurveCounts() {
        List<CurvePoint> curve = curve(FALLING, 0.5, 0.6, 0.6, 0.6, 0.4, 0.4, 0.4);

        assertThat(Overfitting.of(curve)).isEmpty();
    }

    @Test
    void aRunWithoutEpochsShowsNothing() {
        assertThat(Overfitting.of(List.of())).isEmpty();
        assertThat(Overfitting.of(List.of(new CurvePoint(1, Split.VALIDATION, 0.5, 0.5))))
                .isEmpty();
    }

    private static List<CurvePoint> curve(double[] train, double... validation) {
        return IntStream.rangeClosed(1, train.length)
                .boxed()
                .flatMap(epoch -> Stream.of(
                        new CurvePoint(epoch, Split.TRAIN, train[epoch - 1], 0.5),
                        new CurvePoint(epoch, Split.VALIDATION, validation[epoch - 1], 0.5)))
                .toList();
    }
}
