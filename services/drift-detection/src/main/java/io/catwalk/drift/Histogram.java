package io.catwalk.drift;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How many values lie in each bin.
 *
 * @param edges ascending; a bin holds the values above the edge before it and up to its own, and the last one all above
 * @param counts one more than there are edges
 */
public record Histogram(List<Double> edges, List<Integer> counts) {
    private static final int BINS = 10;

    /** @throws IllegalArgumentException for edges that don't ascend, or other counts than of their bins */
    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
        List<Double> ascending = edges.stream().sorted().distinct().collect(Collectors.toList());
        if (!ascending.equals(edges) || edges.stream().anyMatch(edge -> !Double.isFinite(edge))) {
            throw new IllegalArgumentException("edges: " + edges + ", must be finite and ascend");
        }
        if (counts.size() != edges.size() + 1 || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "counts: " + counts + ", must be " + (edges.size() + 1) + " of at least 0");
        }
    }

    /** Over the values' deciles, so that each bin holds a tenth of them; fewer bins where deciles are equal. */
    static Histogram ofDeciles(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(decile -> sorted[(int) ((long) decile * sorted.length / BINS)])
                .distinct()
                .toArray();
        int[] counts = new int[edges.length + 1];
        for (double value : values) {
            counts[bin(edges, value)]++;
        }
        return new Histogram(
                DoubleStream.of(edges).boxed().toList(),
                IntStream.of(counts).boxed().toList());
    }

    /** The bin of a value; what isn't a number lies in the last. */
    static int bin(double[] edges, double value) {
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }
}
