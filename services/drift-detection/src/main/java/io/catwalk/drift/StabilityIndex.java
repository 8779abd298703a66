package io.catwalk.drift;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * The population stability index of a window against a reference: the sum over the bins of {@code (a - r) ln(a / r)}, where
 * {@code a} and {@code r} are a bin's shares of the window and of the reference.
 *
 * <p>Without drift it is distributed as {@code (1/n + 1/m)} times chi-squared with one degree of freedom less than there are bins,
 * for a window of n and a reference of m (B. Yurdakul, J. Naranjo: Statistical properties of the population stability index, Journal
 * of Risk Model Validation 14(4), 2020). That holds where a bin expects at least {@value #LEAST_EXPECTED} of the window (W. G. Cochran,
 * 1954): bins that expect fewer are counted as one.
 */
final class StabilityIndex {
    private static final int LEAST_EXPECTED = 5;
    /** Keeps the logarithm finite for an empty bin. */
    private static final double CONTINUITY = 0.5;

    private final int[] group;
    private final long[] reference;
    private final int window;
    private final double threshold;

    StabilityIndex(List<Integer> reference, DriftSettings settings) {
        long total = reference.stream().mapToLong(Integer::longValue).sum();
        this.window = settings.window();
        this.group = groups(reference, total, window);
        this.reference = grouped(reference.stream().mapToInt(Integer::intValue).toArray());
        this.threshold = Math.max(settings.index(), byChance(this.reference.length, total, settings));
    }

    private static int[] groups(List<Integer> reference, long total, int window) {
        int[] groups = new int[reference.size()];
        int next = 1;
        for (int bin = 0; bin < groups.length; bin++) {
            boolean rare = (double) reference.get(bin) * window / total < LEAST_EXPECTED;
            groups[bin] = rare ? 0 : next++;
        }
        boolean none = IntStream.of(groups).noneMatch(own -> own == 0);
        return none ? IntStream.of(groups).map(own -> own - 1).toArray() : groups;
    }

    private static double byChance(int bins, long total, DriftSettings settings) {
        if (bins < 2) {
            return 0;
        }
        double quantile = ChiSquaredDistribution.of(bins - 1.0).inverseSurvivalProbability(settings.falseAlarmRate());
        return (1.0 / settings.window() + 1.0 / total) * quantile;
    }

    /** From which on the difference is no chance and matters. */
    double threshold() {
        return threshold;
    }

    /** @param counts of the reference's bins, in a full window */
    double of(int[] counts) {
        long[] actual = grouped(counts);
        double total = LongStream.of(reference).sum() + CONTINUITY * reference.length;
        double all = window + CONTINUITY * reference.length;
        double index = 0;
        for (int bin = 0; bin < reference.length; bin++) {
            double expected = (reference[bin] + CONTINUITY) / total;
            double share = (actual[bin] + CONTINUITY) / all;
            index += (share - expected) * Math.log(share / expected);
        }
        return index;
    }

    private long[] grouped(int[] counts) {
        long[] sums = new long[IntStream.of(group).max().orElseThrow() + 1];
        for (int bin = 0; bin < counts.length; bin++) {
            sums[group[bin]] += counts[bin];
        }
        return sums;
    }
}
