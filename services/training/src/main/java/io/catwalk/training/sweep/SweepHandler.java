package io.catwalk.training.sweep;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobHandler;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.journal.job.Readiness;
import io.catwalk.journal.job.Termination;
import io.catwalk.objectstore.JobKind;
import io.catwalk.sweep.v1.SweepOutcome;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.run.DatasetChoice;
import io.catwalk.training.sweep.halving.TrialRun;

/** Sweeps as jobs: which may begin, the work on one, and how it ends, its runs with it. */
final class SweepHandler implements JobHandler {
    private final DatasetStore datasets;
    private final TrialRuns runs;
    private final SweepEvents events;
    private final Duration poll;

    /** @param poll interval of polls of a sweep's runs */
    SweepHandler(DatasetStore datasets, TrialRuns runs, SweepEvents events, Duration poll) {
        this.datasets = datasets;
        this.runs = runs;
        this.events = events;
        this.poll = poll;
    }

    @Override
    public JobKind kind() {
        return JobKind.SWEEP;
    }

    @Override
    public Optional<Duration> deadline(Job job) {
        return RequestedSweep.message(job)
                .filter(SweepRequested::hasDeadline)
                .map(asked -> Duration.ofSeconds(
                        asked.getDeadline().getSeconds(), asked.getDeadline().getNanos()));
    }

    @Override
    public Readiness readiness(Job job) {
        SweepPlan plan = RequestedSweep.plan(job).orElseThrow();
        return SweepState.of(job)
                .map(SweepHandler::ready)
                .orElseGet(() -> DatasetChoice.of(plan.dataset(), datasets)
                        .readiness(manifest -> ready(SweepState.begin(manifest.toString()))));
    }

    @Override
    public Conclusion work(Lease lease) throws LeaseEndedException, InterruptedException {
        SweepPlan plan = RequestedSweep.plan(lease.job()).orElseThrow();
        return new SweepWork(lease, plan, runs, events, poll).toTheEnd();
    }

    @Override
    public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
        Job job = lease.job();
        String reason = ending.reason();
        for (TrialRun run : SweepState.of(job).map(SweepState::open).orElseGet(List::of)) {
            runs.cancel(job.id(), run, "sweep %s: %s".formatted(job.id(), reason));
        }
        boolean cancelled = ending instanceof Termination.Cancelled;
        SweepOutcome outcome = cancelled ? SweepOutcome.SWEEP_OUTCOME_CANCELLED : SweepOutcome.SWEEP_OUTCOME_FAILED;
        return new Conclusion(
                new JobResult(cancelled ? JobResult.Outcome.CANCELLED : JobResult.Outcome.FAILED, reason),
                job.fold().state(),
                Optional.of(events.ended(job, outcome, reason)));
    }

    private static Readiness ready(SweepState state) {
        return new Readiness.Ready(JournalJson.tree(state), Optional.empty());
    }
}
