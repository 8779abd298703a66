package io.catwalk.evaluation.rollout.judgement;

import java.util.Locale;

/**
 * What is known by one metric.
 *
 * @param canary of the canary or shadow
 * @param stable in the same rounds; of none for disagreement
 * @param margin what the difference, or the disagreement itself, must be below
 * @param difference of the two rates; the disagreement itself
 */
public record Finding(Metric metric, Rate canary, Rate stable, double margin, Interval difference) {
    /** Whether the candidate is surely worse than its margin allows. */
    public boolean harmful() {
        return difference.lower() > margin;
    }

    boolean sound() {
        return difference.upper() < margin;
    }

    /** For people. */
    public String text() {
        return metric == Metric.DISAGREEMENT
                ? String.format(
                        Locale.ROOT,
                        "disagreement is %.2f %% of %d images, surely above %.2f %%; the limit is %.2f %%",
                        percent(canary.value()),
                        canary.of(),
                        percent(difference.lower()),
                        percent(margin))
                : String.format(
                        Locale.ROOT,
                        "%s: %.2f %% of %d requests against stable's %.2f %% of %d, surely more than %.2f points above it;"
                                + " the margin is %.2f",
                        metric == Metric.ERRORS ? "errors" : "slow answers",
                        percent(canary.value()),
                        canary.of(),
                        percent(stable.value()),
                        stable.of(),
                        percent(difference.lower()),
                        percent(margin));
    }

    private static double percent(double share) {
        return 100 * share;
    }
}
