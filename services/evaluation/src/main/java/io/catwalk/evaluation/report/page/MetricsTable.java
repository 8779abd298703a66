package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.evaluation.scoring.ClassMetrics;
import io.catwalk.evaluation.scoring.ClassificationReport;
import io.catwalk.evaluation.scoring.SplitScore;

/**
 * Precision, recall, F1 and support by class, with the averages below, which no empty class counts in.
 *
 * @param accuracy the whole split's
 * @param count images of the whole split
 */
record MetricsTable(List<Row> classes, String accuracy, int count, List<Row> averages) {
    private static final String EMPTY = " (empty: no image, never predicted)";
    private static final String NO_FIGURE = "–";

    static MetricsTable of(SplitScore score, List<String> names) {
        ClassificationReport report = score.classification();
        return new MetricsTable(
                IntStream.range(0, names.size())
                        .mapToObj(label -> report.emptyClasses().contains(label)
                                ? empty(names.get(label))
                                : row(names.get(label), report.classes().get(label)))
                        .toList(),
                PageContent.fourDecimals(score.accuracy()),
                score.count(),
                List.of(
                        row("Macro average", report.macroAverage()),
                        row("Weighted average", report.weightedAverage())));
    }

    private static Row row(String name, ClassMetrics metrics) {
        return new Row(
                name,
                PageContent.fourDecimals(metrics.precision()),
                PageContent.fourDecimals(metrics.recall()),
                PageContent.fourDecimals(metrics.f1()),
                metrics.support());
    }

    private static Row empty(String name) {
        return new Row(name + EMPTY, NO_FIGURE, NO_FIGURE, NO_FIGURE, 0);
    }

    record Row(String name, String precision, String recall, String f1, int support) {}
}
