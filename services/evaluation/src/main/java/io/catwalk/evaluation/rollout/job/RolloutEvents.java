package io.catwalk.evaluation.rollout.job;

import java.time.InstantSource;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.evaluation.rollout.job.RolloutState.Ending;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Job;
import io.catwalk.rollout.v1.RolloutAdvanced;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutOutcome;
import io.catwalk.rollout.v1.RolloutStarted;

/** The events of rollouts, each of the entry after the job's newest. */
final class RolloutEvents {
    private final InstantSource clock;

    RolloutEvents(InstantSource clock) {
        this.clock = clock;
    }

    Event started(Job job, RolloutState state) {
        RolloutPlan plan = state.plan();
        RolloutStarted.Builder started = RolloutStarted.newBuilder()
                .setRolloutId(job.id().value())
                .setModel(plan.model())
                .setLabel(plan.label())
                .setVersion(plan.candidate().version())
                .setModelDigest(plan.candidate().modelDigest())
                .setStableVersion(plan.stable().version())
                .setWeight(state.weight())
                .setEntry(next(job));
        state.replay().map(ReplayMessage::of).ifPresent(started::setReplay);
        return event(EventType.ROLLOUT_STARTED, started.build());
    }

    Event advanced(Job job, RolloutState state) {
        return event(
                EventType.ROLLOUT_ADVANCED,
                RolloutAdvanced.newBuilder()
                        .setRolloutId(job.id().value())
                        .setModel(state.plan().model())
                        .setVersion(state.plan().candidate().version())
                        .setWeight(state.weight())
                        .setReason(state.reason())
                        .setRequests(state.requests())
                        .setEntry(next(job))
                        .build());
    }

    /** Empty for one of which only a cancel is known. */
    Optional<Event> completed(Job job, Optional<RolloutState> state, Ending ending) {
        return RequestedRollout.of(job).map(request -> {
            RolloutCompleted.Builder completed = RolloutCompleted.newBuilder()
                    .setRolloutId(job.id().value())
                    .setModel(request.model().value())
                    .setLabel(request.label())
                    .setVersion(request.version())
                    .setStableVersion(
                            state.map(known -> known.plan().stable().version()).orElse(0L))
                    .setOutcome(outcome(ending.outcome()))
                    .setReason(ending.reason())
                    .setRequests(state.map(RolloutState::requests).orElse(0L))
                    .setEntry(next(job));
            state.flatMap(RolloutState::replay).map(ReplayMessage::of).ifPresent(completed::setReplay);
            return event(EventType.ROLLOUT_COMPLETED, completed.build());
        });
    }

    private <M extends Message> Event event(EventType<M> type, M payload) {
        return JournalEvents.of(type, clock.instant(), payload);
    }

    private static long next(Job job) {
        return job.newest().number() + 1;
    }

    private static RolloutOutcome outcome(Outcome outcome) {
        return switch (outcome) {
            case PROMOTED -> RolloutOutcome.ROLLOUT_OUTCOME_PROMOTED;
            case PASSED -> RolloutOutcome.ROLLOUT_OUTCOME_PASSED;
            case ROLLED_BACK -> RolloutOutcome.ROLLOUT_OUTCOME_ROLLED_BACK;
            case CANCELLED -> RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED;
        };
    }
}
