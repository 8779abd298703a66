package io.catwalk.evaluation.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The number of images by true and predicted class.
 *
 * @param rows one row for each true class, in it one count for each predicted class
 */
public record ConfusionMatrix(List<List<Integer>> rows) {
    /** @throws IllegalArgumentException when it isn't square, is empty or holds a negative count */
    public ConfusionMatrix {
        rows = rows.stream().map(List::copyOf).toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("rows: 0, must be at least 1");
        }
        for (List<Integer> row : rows) {
            if (row.size() != rows.size()) {
                throw new IllegalArgumentException("columns: " + row.size() + ", must be " + rows.size() + " as rows");
            }
            if (row.stream().anyMatch(count -> count < 0)) {
                throw new IllegalArgumentException("counts: " + row + ", must be at least 0");
            }
        }
    }

    public static ConfusionMatrix of(Predictions predictions) {
        int[][] counts = new int[predictions.classes()][predictions.classes()];
        for (int image = 0; image < predictions.count(); image++) {
            counts[predictions.label(image)][predictions.predicted(image)]++;
        }
        return new ConfusionMatrix(Arrays.stream(counts)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList());
    }

    public int classes() {
        return rows.size();
    }

    public int count(int label, int predicted) {
        return rows.get(label).get(predicted);
    }

    /** Images of a class, its support. */
    public int labelled(int label) {
        return rows.get(label).stream().mapToInt(Integer::intValue).sum();
    }

    /** Images predicted as a class. */
    public int predicted(int predicted) {
        return rows.stream().mapToInt(row -> row.get(predicted)).sum();
    }

    public int total() {
        return IntStream.range(0, classes()).map(this::labelled).sum();
    }

    public int correct() {
        return IntStream.range(0, classes()).map(label -> count(label, label)).sum();
    }
}
