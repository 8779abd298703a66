package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;

import org.junit.jupiter.api.Test;

class ClassificationReportTest {
    /**
     * The first example of scikit-learn's documentation of {@code classification_report}: y_true = [0, 1, 2, 2, 2],
     * y_pred = [0, 0, 2, 2, 1].
     */
    @Test
    void agreesWithScikitLearnsExample() {
        var report = ClassificationReport.of(
                new ConfusionMatrix(List.of(List.of(1, 0, 0), List.of(1, 0, 0), List.of(0, 1, 2))));

        assertMetrics(report.classes().get(0), 0.50, 1.00, 0.67, 1);
        assertMetrics(report.classes().get(1), 0.00, 0.00, 0.00, 1);
        assertMetrics(report.classes().get(2), 1.00, 0.67, 0.80, 3);
        assertMetrics(report.macroAverage(), 0.50, 0.56, 0.49, 5);
        assertMetrics(report.weightedAverage(), 0.70, 0.60, 0.61, 5);
    }

    @Test
    void agreesWithFiguresByHand() {
        var report = ClassificationReport.of(new ConfusionMatrix(List.of(List.of(6, 2), List.of(1, 11))));

        assertExactly(report.classes().get(0), 6 / 7.0, 6 / 8.0, 12 / 15.0, 8);
        assertExactly(report.classes().get(1), 11 / 13.0, 11 / 12.0, 22 / 25.0, 12);
        assertExactly(
                report.macroAverage(),
                (6 / 7.0 + 11 / 13.0) / 2,
                (6 / 8.0 + 11 / 12.0) / 2,
                (12 / 15.0 + 22 / 25.0) / 2,
                20);
        assertExactly(
                report.weightedAverage(),
                (8 * 6 / 7.0 + 12 * 11 / 13.0) / 20,
                17 / 20.0,
                (8 * 12 / 15.0 + 12 * 22 / 25.0) / 20,
                20);
    }

    @Test
    void countsAClassThatNobodySawWithZeros() {
        var report = ClassificationReport.of(new ConfusionMatrix(List.of(List.of(4, 0), List.of(0, 0))));

        assertExactly(report.classes().get(1), 0, 0, 0, 0);
        assertExactly(report.macroAverage(), 0.5, 0.5, 0.5, 4);
        assertExactly(report.weightedAverage(), 1, 1, 1, 4);
    }

    /** As scikit-learn prints them, to two decimals. */
    private static void assertMetrics(ClassMetrics metrics, double precision, double recall, double f1, int support) {
        assertWithin(0.005, metrics, precision, recall, f1, support);
    }

    private static void assertExactly(ClassMetrics metrics, double precision, double recall, double f1, int support) {
        assertWithin(1e-15, metrics, precision, recall, f1, support);
    }

    private static void assertWithin(
            double tolerance, ClassMetrics metrics, double precision, double recall, double f1, int support) {
        assertThat(metrics.precision()).isCloseTo(precision, within(tolerance));
        assertThat(metrics.recall()).isCloseTo(recall, within(tolerance));
        assertThat(metrics.f1()).isCloseTo(f1, within(tolerance));
        assertThat(metrics.support()).isEqualTo(support);
    }
}
