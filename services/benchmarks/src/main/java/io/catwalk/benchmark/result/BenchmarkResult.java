package io.catwalk.benchmark.result;

import java.io.PrintStream;
import java.util.List;

/**
 * The result of a benchmark.
 *
 * @param lines as printed
 */
public record BenchmarkResult(String title, List<String> lines) {
    public BenchmarkResult {
        lines = List.copyOf(lines);
    }

    public void print(PrintStream out) {
        out.println();
        out.println(title);
        lines.forEach(line -> out.println("  " + line));
    }

    public static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** The middle of an odd number of values, the upper middle of an even one. */
    public static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
