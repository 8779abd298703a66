package io.catwalk.evaluation.rollout.judgement;

import java.time.Duration;
import java.util.Optional;

/**
 * By what a canary is judged at one weight.
 *
 * @param harm probability that a version within the margins is ever found harmful at this weight, by one metric
 * @param acceptance probability that one beyond a margin is ever found sound at this weight
 * @param errorMargin by how much its share of failed requests may be above stable's, 0 to 1
 * @param latencyMargin by how much its share of slow requests may be above stable's, 0 to 1
 * @param disagreementLimit share of images, 0 to 1; without it disagreement isn't judged
 * @param minRequests of the canary before it can be found sound
 * @param minTime that these must have taken
 */
public record Terms(
        double harm,
        double acceptance,
        double errorMargin,
        double latencyMargin,
        Optional<Double> disagreementLimit,
        long minRequests,
        Duration minTime) {

    /**
     * Shares the probability of a false rollback evenly among the tests: one of each metric at each weight, and one of disagreement
     * on logged requests. That of a false acceptance needs no sharing: a version must be found sound by all metrics at all weights.
     *
     * @param alpha the probability of a false rollback of the whole rollout
     * @param weights how many there are
     * @param disagreement whether that is judged
     * @param replay whether logged requests are replayed
     */
    public static double share(double alpha, int weights, boolean disagreement, boolean replay) {
        int tests = weights * (disagreement ? 3 : 2) + (disagreement && replay ? 1 : 0);
        return alpha / tests;
    }

    double margin(Metric metric) {
        return switch (metric) {
            case ERRORS -> errorMargin;
            case LATENCY -> latencyMargin;
            case DISAGREEMENT -> disagreementLimit.orElseThrow();
        };
    }

    boolean judges(Metric metric) {
        return metric != Metric.DISAGREEMENT || disagreementLimit.isPresent();
    }
}
