package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.catwalk.evaluation.scoring.ConfusionMatrix;

/** The confusion matrix as a heat map. */
record MatrixTable(List<String> names, List<Row> rows) {
    /** From this shade on, blue needs a light text. */
    private static final double DARK = 0.85;

    static MatrixTable of(ConfusionMatrix confusion, List<String> names) {
        return new MatrixTable(
                names,
                IntStream.range(0, names.size())
                        .mapToObj(label -> row(confusion, label, names))
                        .toList());
    }

    private static Row row(ConfusionMatrix confusion, int label, List<String> names) {
        return new Row(
                names.get(label),
                IntStream.range(0, names.size())
                        .mapToObj(predicted -> cell(confusion, label, predicted, names))
                        .toList());
    }

    private static Cell cell(ConfusionMatrix confusion, int label, int predicted, List<String> names) {
        int count = confusion.count(label, predicted);
        int support = confusion.labelled(label);
        double shade = support == 0 ? 0 : Math.sqrt((double) count / support);
        return new Cell(
                count,
                kind(count, label == predicted, shade),
                String.format(Locale.ROOT, "%.2f", shade),
                names.get(label) + " taken for " + names.get(predicted) + ": " + count + " of " + support);
    }

    private static String kind(int count, boolean correct, double shade) {
        if (count == 0) {
            return "none";
        }
        if (!correct) {
            return "wrong";
        }
        return shade < DARK ? "right" : "right dark";
    }

    record Row(String name, List<Cell> cells) {}

    /**
     * @param kind the CSS classes: right, right dark, wrong or none
     * @param shade opacity, 0 to 1: the square root of the row's share, to make a class's few errors visible
     */
    record Cell(int count, String kind, String shade, String description) {}
}
