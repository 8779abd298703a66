package io.catwalk.evaluation.comparison;

import java.util.Optional;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of two classifiers on the same images: whether one is right where the other is wrong more often than by
 * chance. Below {@value #FEW} such images the exact two-sided binomial test, else chi-squared with one degree of freedom and
 * Edwards' correction for continuity.
 *
 * <p>Sources: McNemar, Psychometrika 12 (1947) 153; Edwards, Psychometrika 13 (1948) 185; for classifiers Dietterich, Neural
 * Computation 10 (1998) 1895.
 *
 * @param onlyFirst images that only the first got right
 * @param onlySecond images that only the second got right
 * @param chiSquared with the correction; empty for the exact test
 * @param probability of so many or a more unequal number if both are equally good, 0 to 1
 */
public record McNemar(int onlyFirst, int onlySecond, Optional<Double> chiSquared, double probability) {
    public static final int FEW = 25;

    /** @throws IllegalArgumentException for a negative number */
    public static McNemar of(int onlyFirst, int onlySecond) {
        if (onlyFirst < 0 || onlySecond < 0) {
            throw new IllegalArgumentException(
                    "onlyFirst and onlySecond: " + onlyFirst + " and " + onlySecond + ", must be at least 0");
        }
        int all = onlyFirst + onlySecond;
        if (all < FEW) {
            return new McNemar(onlyFirst, onlySecond, Optional.empty(), exact(Math.min(onlyFirst, onlySecond), all));
        }
        // A difference within the correction counts as 0.
        double apart = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
        double chiSquared = apart * apart / all;
        double probability = ChiSquaredDistribution.of(1).survivalProbability(chiSquared);
        return new McNemar(onlyFirst, onlySecond, Optional.of(chiSquared), probability);
    }

    private static double exact(int fewer, int all) {
        return Math.min(1, 2 * BinomialDistribution.of(all, 0.5).cumulativeProbability(fewer));
    }
}
