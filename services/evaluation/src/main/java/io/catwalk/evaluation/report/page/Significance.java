package io.catwalk.evaluation.report.page;

import java.util.Locale;

import io.catwalk.evaluation.comparison.McNemar;

/**
 * The significance level: 0.05 divided by the number of pairs (Bonferroni).
 */
record Significance(int pairs) {
    private static final double LEVEL = 0.05;

    String stated() {
        return pairs <= 1
                ? "p below " + LEVEL + " isn't taken for chance."
                : "p below " + LEVEL + " / " + pairs + " = " + String.format(Locale.ROOT, "%.2g", LEVEL / pairs)
                        + " isn't taken for chance, as of " + pairs
                        + " pairs one may look different by chance alone (Bonferroni).";
    }

    boolean isMet(McNemar test) {
        return test.probability() < LEVEL / Math.max(1, pairs);
    }
}
