package io.catwalk.evaluation.scoring;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The figures of scikit-learn's {@code classification_report(y_true, y_pred, labels=range(classes), zero_division=0)}:
 * a class that stands in neither the labels nor the predictions counts with zeros.
 *
 * @param macroAverage the plain mean over the classes
 * @param weightedAverage the mean over the classes, each weighted by its support
 */
public record ClassificationReport(
        List<ClassMetrics> classes, ClassMetrics macroAverage, ClassMetrics weightedAverage) {
    public ClassificationReport {
        classes = List.copyOf(classes);
    }

    public static ClassificationReport of(ConfusionMatrix confusion) {
        List<ClassMetrics> classes = IntStream.range(0, confusion.classes())
                .mapToObj(label -> ClassMetrics.of(confusion, label))
                .toList();
        return new ClassificationReport(
                classes,
                average(classes, metrics -> 1, confusion.total()),
                average(classes, ClassMetrics::support, confusion.total()));
    }

    private static ClassMetrics average(
            List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> weight, int support) {
        return new ClassMetrics(
                mean(classes, ClassMetrics::precision, weight),
                mean(classes, ClassMetrics::recall, weight),
                mean(classes, ClassMetrics::f1, weight),
                support);
    }

    private static double mean(
            List<ClassMetrics> classes, ToDoubleFunction<ClassMetrics> figure, ToDoubleFunction<ClassMetrics> weight) {
        double sum = 0;
        double weights = 0;
        for (ClassMetrics metrics : classes) {
            sum += weight.applyAsDouble(metrics) * figure.applyAsDouble(metrics);
            weights += weight.applyAsDouble(metrics);
        }
        return weights == 0 ? 0 : sum / weights;
    }
}
