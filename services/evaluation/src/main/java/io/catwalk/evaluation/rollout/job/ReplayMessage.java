package io.catwalk.evaluation.rollout.job;

import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.rollout.v1.RolloutReplay;
import io.catwalk.rollout.v1.RolloutReplayOutcome;

/** A replay as events have it. */
final class ReplayMessage {
    private ReplayMessage() {}

    static RolloutReplay of(Replayed replayed) {
        return RolloutReplay.newBuilder()
                .setOutcome(outcome(replayed.outcome()))
                .setReason(replayed.reason())
                .setRequests(replayed.requests())
                .setImages(replayed.disagreements().of())
                .setDisagreements(replayed.disagreements().count())
                .setPassedOver(replayed.passedOver().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .build();
    }

    private static RolloutReplayOutcome outcome(Replayed.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> RolloutReplayOutcome.ROLLOUT_REPLAY_OUTCOME_PASSED;
            case ROLLED_BACK -> RolloutReplayOutcome.ROLLOUT_REPLAY_OUTCOME_ROLLED_BACK;
            case SKIPPED -> RolloutReplayOutcome.ROLLOUT_REPLAY_OUTCOME_SKIPPED;
        };
    }
}
