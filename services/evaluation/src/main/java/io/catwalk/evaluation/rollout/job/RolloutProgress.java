package io.catwalk.evaluation.rollout.job;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.rollout.judgement.Finding;

/**
 * What a rollout's lease holder knows.
 *
 * @param requests of the candidate at this weight
 * @param seconds that these took
 * @param holding why it has no weight yet, or isn't raised even if it is found sound
 */
public record RolloutProgress(
        double weight, long requests, long seconds, List<Finding> findings, Optional<String> holding) {
    public RolloutProgress {
        findings = List.copyOf(findings);
    }

    /** Without a weight yet. */
    static RolloutProgress waiting(String why) {
        return new RolloutProgress(0, 0, 0, List.of(), Optional.of(why));
    }
}
