package io.catwalk.benchmark.round;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.benchmark.result.BenchmarkResult;

/**
 * Ratios of two rates that are measured in turns, A B A B A: each B to the mean of the A before it and the A after it. A
 * steady drift of the machine's speed cancels out.
 *
 * @param ratios in the order of the measurements, at least one
 */
public record Bracketed(List<Double> ratios) {
    public Bracketed {
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        ratios = List.copyOf(ratios);
    }

    /**
     * @param between the rates B
     * @param around the rates A, one more than of B
     */
    public static Bracketed of(List<Double> between, List<Double> around) {
        if (around.size() != between.size() + 1) {
            throw new IllegalArgumentException("%d measurements lie between %d, not %d"
                    .formatted(between.size(), around.size(), between.size() + 1));
        }
        return new Bracketed(IntStream.range(0, between.size())
                .mapToObj(i -> between.get(i) / BenchmarkResult.mean(around.subList(i, i + 2)))
                .toList());
    }

    /** The median, with all ratios from the lowest to the highest. */
    @Override
    public String toString() {
        return "%.3f (median of %s)"
                .formatted(
                        BenchmarkResult.median(ratios),
                        String.join(
                                ", ",
                                ratios.stream().sorted().map("%.3f"::formatted).toList()));
    }
}
