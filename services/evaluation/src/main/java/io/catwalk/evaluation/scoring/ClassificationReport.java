package io.catwalk.evaluation.scoring;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * The figures of scikit-learn's {@code classification_report(y_true, y_pred, zero_division=0)}: a class that is in
 * neither the labels nor the predictions is empty, and no average counts it.
 *
 * @param classes each class's figures, in the classes' order; zeros for an empty one
 * @param macroAverage the unweighted mean over the classes that aren't empty
 * @param weightedAverage the mean over the classes, each weighted by its support
 * @param emptyClasses the numbers of the empty ones; empty in reports of older releases
 */
public record ClassificationReport(
        List<ClassMetrics> classes,
        ClassMetrics macroAverage,
        ClassMetrics weightedAverage,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Integer> emptyClasses) {
    public ClassificationReport {
        classes = List.copyOf(classes);
        emptyClasses = List.copyOf(emptyClasses);
    }

    public static ClassificationReport of(ConfusionMatrix confusion) {
        List<ClassMetrics> classes = IntStream.range(0, confusion.classes())
                .mapToObj(label -> ClassMetrics.of(confusion, label))
                .toList();
        List<Integer> empty = IntStream.range(0, confusion.classes())
                .filter(label -> confusion.labelled(label) == 0 && confusion.predicted(label) == 0)
                .boxed()
                .toList();
        List<ClassMetrics> counted = IntStream.range(0, confusion.classes())
                .filter(label -> !empty.contains(label))
                .mapToObj(classes::get)
                .toList();
        return new ClassificationReport(
                classes,
                average(counted, metrics -> 1, confusion.total()),
                average(counted, ClassMetrics::support, confusion.total()),
                empty);
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
