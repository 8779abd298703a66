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

    /**
     * EMNIST's letters have no class 0. As scikit-learn 1.9.1 gave it:
     *
     * <pre>
     * y = [1]*4 + [2]*3 + [3]*5
     * classification_report(y, y, output_dict=True, zero_division=0)
     * </pre>
     */
    @Test
    void leavesAClassThatNeitherOccursNorIsPredictedOut() {
        var report = ClassificationReport.of(new ConfusionMatrix(
                List.of(List.of(0, 0, 0, 0), List.of(0, 4, 0, 0), List.of(0, 0, 3, 0), List.of(0, 0, 0, 5))));

        assertThat(report.emptyClasses()).containsExactly(0);
        assertExactly(report.classes().get(0), 0, 0, 0, 0);
        assertExactly(report.macroAverage(), 1, 1, 1, 12);
        assertExactly(report.weightedAverage(), 1, 1, 1, 12);
    }

    /**
     * Class 4 doesn't occur, but is predicted once, so it counts. As scikit-learn 1.9.1 gave it:
     *
     * <pre>
     * y_true = [1]*4 + [2]*3 + [3]*5
     * y_pred = [1, 1, 1, 2] + [2, 2, 3] + [3, 3, 3, 3, 4]
     * classification_report(y_true, y_pred, output_dict=True, zero_division=0)
     * </pre>
     */
    @Test
    void countsAClassThatIsOnlyPredicted() {
        var report = ClassificationReport.of(new ConfusionMatrix(List.of(
                List.of(0, 0, 0, 0, 0),
                List.of(0, 3, 1, 0, 0),
                List.of(0, 0, 2, 1, 0),
                List.of(0, 0, 0, 4, 1),
                List.of(0, 0, 0, 0, 0))));

        assertThat(report.emptyClasses()).containsExactly(0);
        assertExactly(report.classes().get(4), 0, 0, 0, 0);
        assertExactly(report.macroAverage(), 0.6166666666666667, 0.5541666666666667, 0.5809523809523809, 12);
        assertExactly(report.weightedAverage(), 0.8333333333333334, 0.75, 0.7857142857142857, 12);
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
