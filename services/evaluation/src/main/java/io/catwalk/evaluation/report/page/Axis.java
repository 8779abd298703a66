package io.catwalk.evaluation.report.page;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A linear scale with round ticks.
 *
 * @param from the value at {@code start}
 * @param to the value at {@code end}, above {@code from}
 * @param step between two ticks, each a multiple of it
 * @param start in the picture's units
 * @param end in the picture's units; below {@code start} on an axis that points up
 */
record Axis(double from, double to, BigDecimal step, double start, double end) {
    private static final int MOST_STEPS = 6;

    /** An axis for values that begins and ends at a tick. */
    static Axis rounded(double lowest, double highest, double start, double end) {
        double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1);
        BigDecimal step = roundStep(span / MOST_STEPS);
        double from = Math.floor(lowest / step.doubleValue()) * step.doubleValue();
        double to = Math.ceil(highest / step.doubleValue()) * step.doubleValue();
        return new Axis(from, to > from ? to : from + step.doubleValue(), step, start, end);
    }

    /** An axis for the whole numbers from 1 on; a single one is in its middle. */
    static Axis counting(int last, double start, double end) {
        BigDecimal step = roundStep((last - 1.0) / MOST_STEPS).max(BigDecimal.ONE);
        return last == 1 ? new Axis(0.5, 1.5, step, start, end) : new Axis(1, last, step, start, end);
    }

    /** The smallest of 1, 2 and 5 times a power of ten that isn't below {@code atLeast}. */
    private static BigDecimal roundStep(double atLeast) {
        int exponent = atLeast > 0 ? (int) Math.floor(Math.log10(atLeast)) : 0;
        return Stream.of("1", "2", "5", "1e1")
                .map(digit -> new BigDecimal(digit).scaleByPowerOfTen(exponent))
                .filter(step -> step.doubleValue() >= atLeast)
                .findFirst()
                .orElseThrow();
    }

    String position(double value) {
        double position = start + (value - from) / (to - from) * (end - start);
        return String.format(Locale.ROOT, "%.1f", position);
    }

    List<Tick> ticks() {
        double slack = step.doubleValue() * 1e-6;
        long first = (long) Math.ceil((from - slack) / step.doubleValue());
        long last = (long) Math.floor((to + slack) / step.doubleValue());
        return LongStream.rangeClosed(first, last)
                .mapToObj(BigDecimal::valueOf)
                .map(multiple -> multiple.multiply(step))
                .map(value -> new Tick(position(value.doubleValue()), value.toPlainString()))
                .toList();
    }

    record Tick(String position, String label) {}
}
