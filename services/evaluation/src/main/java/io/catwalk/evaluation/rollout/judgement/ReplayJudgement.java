package io.catwalk.evaluation.rollout.judgement;

import java.util.List;

/**
 * Judges, once, how often a candidate takes images of logged requests for other classes than stable did. So that requests which come
 * one after another needn't be independent, as those of one caller aren't, they are put together to {@value #ROUNDS} rounds of as many
 * requests each, and these are compared as a rollout's are: by the method of batch means.
 */
public final class ReplayJudgement {
    private static final int ROUNDS = 20;

    private ReplayJudgement() {}

    /**
     * What is known by disagreement; harmful where it is surely above its limit.
     *
     * @param requests images of each that got another class, in the order of their answers
     * @param alpha probability that a candidate within the limit is found harmful
     */
    public static Finding of(List<Rate> requests, double limit, double alpha) {
        Comparison comparison = Comparison.below(limit);
        for (int round = 0; round < ROUNDS; round++) {
            int from = edge(requests, round);
            Rate images =
                    requests.subList(from, edge(requests, round + 1)).stream().reduce(Rate.NONE, Rate::plus);
            comparison.add(images, Rate.NONE);
        }
        return new Finding(
                Metric.DISAGREEMENT,
                comparison.subject(),
                Rate.NONE,
                limit,
                comparison.interval(alpha, alpha).within(0, 1));
    }

    private static int edge(List<Rate> requests, int round) {
        return Math.toIntExact((long) requests.size() * round / ROUNDS);
    }
}
