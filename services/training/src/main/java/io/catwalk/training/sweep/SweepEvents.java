package io.catwalk.training.sweep;

import java.time.InstantSource;
import java.util.Optional;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Job;
import io.catwalk.sweep.v1.BestTrial;
import io.catwalk.sweep.v1.SweepCompleted;
import io.catwalk.sweep.v1.SweepOutcome;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.sweep.space.JsonValue;
import io.catwalk.training.v1.Metrics;

/** The event that a sweep's result is published as. */
final class SweepEvents {
    private final InstantSource clock;

    SweepEvents(InstantSource clock) {
        this.clock = clock;
    }

    Event succeeded(SweepPlan plan, SweepState state, TrialRun best) {
        SweepCompleted.Builder completed =
                completed(plan, state, SweepOutcome.SWEEP_OUTCOME_SUCCEEDED, "").setBest(best(plan, best));
        state.publishing().ifPresent(run -> completed.setRunId(run.runId()));
        return event(completed);
    }

    Event failed(SweepPlan plan, SweepState state, String reason) {
        return event(completed(plan, state, SweepOutcome.SWEEP_OUTCOME_FAILED, reason));
    }

    /** @param job as it stands, perhaps without a request */
    Event ended(Job job, SweepOutcome outcome, String reason) {
        Optional<SweepPlan> plan = RequestedSweep.plan(job);
        Optional<SweepState> state = SweepState.of(job);
        if (plan.isPresent() && state.isPresent()) {
            return event(completed(plan.get(), state.get(), outcome, reason));
        }
        return event(SweepCompleted.newBuilder()
                .setSweepId(job.id().value())
                .setModel(plan.map(SweepPlan::model).orElse(""))
                .setOutcome(outcome)
                .setReason(reason));
    }

    private Event event(SweepCompleted.Builder completed) {
        return JournalEvents.of(EventType.SWEEP_COMPLETED, clock.instant(), completed.build());
    }

    private static SweepCompleted.Builder completed(
            SweepPlan plan, SweepState state, SweepOutcome outcome, String reason) {
        return SweepCompleted.newBuilder()
                .setSweepId(plan.sweepId())
                .setModel(plan.model())
                .setOutcome(outcome)
                .setReason(reason)
                .setDatasetDigest(state.datasetDigest())
                .setTrials(state.trials())
                .setFailedTrials(state.failedTrials());
    }

    private static BestTrial best(SweepPlan plan, TrialRun run) {
        TrialRun.Reached reached = run.reached().orElseThrow();
        return BestTrial.newBuilder()
                .setTrial(run.trial())
                .setRunId(run.runId())
                .setParameters(JsonValue.struct(plan.trial(run).parameters()))
                .setEpochs(reached.epochs())
                .setValidation(Metrics.newBuilder()
                        .setLoss(reached.validation().loss())
                        .setAccuracy(reached.validation().accuracy()))
                .build();
    }
}
