package io.catwalk.evaluation.rollout.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.evaluation.rollout.judgement.Finding;
import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Found;
import io.catwalk.evaluation.rollout.replay.LoggedRequests.Offsets;

/**
 * What came of a replay.
 *
 * @param reason for people
 * @param requests that the candidate has answered
 * @param disagreements of their images, those that it took for another class than stable
 * @param finding where there is a limit of disagreement
 * @param passedOver records by why they weren't replayed
 * @param offsets of the log's partitions
 */
public record Replayed(
        Outcome outcome,
        String reason,
        long requests,
        Rate disagreements,
        Optional<Finding> finding,
        Map<PassedOver, Long> passedOver,
        Map<Integer, Offsets> offsets) {
    public Replayed {
        passedOver = Map.copyOf(passedOver);
        offsets = Map.copyOf(offsets);
    }

    static Replayed passed(String reason, Found found) {
        return of(Outcome.PASSED, reason, found);
    }

    static Replayed rolledBack(String reason, Found found) {
        return of(Outcome.ROLLED_BACK, reason, found);
    }

    static Replayed skipped(String reason, Found found) {
        return of(Outcome.SKIPPED, reason, found);
    }

    private static Replayed of(Outcome outcome, String reason, Found found) {
        return new Replayed(outcome, reason, 0, Rate.NONE, Optional.empty(), found.passedOver(), found.offsets());
    }

    /** @param disagreements of each request */
    Replayed with(List<Rate> disagreements, Optional<Finding> finding) {
        Rate sum = disagreements.stream().reduce(Rate.NONE, Rate::plus);
        return new Replayed(outcome, reason, disagreements.size(), sum, finding, passedOver, offsets);
    }

    /** What becomes of the candidate. */
    public enum Outcome {
        /** It gets its weight. */
        @JsonProperty("passed")
        PASSED,
        /** It gets no weight. */
        @JsonProperty("rolled-back")
        ROLLED_BACK,
        /** Nothing is known of it; it gets its weight. */
        @JsonProperty("skipped")
        SKIPPED
    }
}
