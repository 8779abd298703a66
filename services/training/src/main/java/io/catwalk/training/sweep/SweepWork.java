package io.catwalk.training.sweep;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Failpoint;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Conclusion;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Lease;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.training.sweep.halving.Ladder;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.v1.TrainingRequested;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process's part in one sweep: polls its runs, and requests the next ones, until the best is known and published. */
final class SweepWork {
    private static final Logger LOG = LoggerFactory.getLogger(SweepWork.class);
    private static final Duration NAP = Duration.ofMillis(50);

    private final Lease lease;
    private final SweepPlan plan;
    private final Ladder ladder;
    private final TrialRuns runs;
    private final SweepEvents events;
    private final Duration poll;
    private SweepState state;

    /** @param poll interval of polls of the runs */
    SweepWork(Lease lease, SweepPlan plan, TrialRuns runs, SweepEvents events, Duration poll) {
        this.lease = lease;
        this.plan = plan;
        this.ladder = plan.ladder();
        this.runs = runs;
        this.events = events;
        this.poll = poll;
        this.state = SweepState.of(lease.job()).orElseThrow();
    }

    Conclusion toTheEnd() throws LeaseEndedException, InterruptedException {
        begin(state.open());
        while (true) {
            lease.check();
            pollRuns();
            if (state.open().isEmpty()) {
                return conclusion();
            }
            await();
        }
    }

    private void pollRuns() throws LeaseEndedException, InterruptedException {
        SweepState seen;
        try {
            seen = state.seen(runs::poll);
        } catch (StoreUnavailableException e) {
            LOG.warn("can't poll the runs of sweep {}: {}", plan.sweepId(), e.getMessage());
            return;
        }
        SweepState next = grown(seen);
        if (!next.equals(state)) {
            recordAndBegin(next);
        }
    }

    private SweepState grown(SweepState seen) {
        SweepState grown = seen;
        while (grown.open().size() < plan.parallelRuns()) {
            Optional<Ladder.Step> step = ladder.next(grown.runs());
            if (step.isEmpty()) {
                return published(grown);
            }
            grown = grown.with(plan.run(step.get()));
        }
        return grown;
    }

    /** With the run that publishes, when the trials are over. */
    private SweepState published(SweepState seen) {
        if (!seen.open().isEmpty() || seen.publishing().isPresent() || !plan.publishes()) {
            return seen;
        }
        return ladder.best(seen.runs())
                .map(best -> seen.withPublishing(plan.publishing(best)))
                .orElse(seen);
    }

    private void recordAndBegin(SweepState next) throws LeaseEndedException, InterruptedException {
        List<TrialRun> fresh = new ArrayList<>(next.open());
        fresh.removeAll(state.open());
        lease.record(next, Optional.empty());
        state = next;
        begin(fresh);
    }

    private void begin(List<TrialRun> named) throws LeaseEndedException, InterruptedException {
        for (TrialRun run : named) {
            Failpoint.reach("trial.begin.before");
            if (runs.begin(lease.id(), request(run)) == Acceptance.CONFLICT) {
                String reason = "the id %s belongs to another run".formatted(run.runId());
                state = state.seen(
                        open -> open.equals(run) ? run.ended(new TrialRun.End(Optional.empty(), reason)) : open);
                lease.record(state, Optional.empty());
            }
            Failpoint.reach("trial.begin.after");
        }
    }

    private TrainingRequested request(TrialRun run) {
        Digest dataset = Digest.parse(state.datasetDigest());
        return state.publishing().equals(Optional.of(run))
                ? plan.request(run, ladder.best(state.runs()).orElseThrow(), dataset)
                : plan.request(run, dataset);
    }

    private Conclusion conclusion() {
        Optional<TrialRun> best = ladder.best(state.runs());
        if (best.isEmpty()) {
            return failed("no trial ended with a model; the last: "
                    + state.runs().getLast().end().orElseThrow().reason());
        }
        Optional<TrialRun> unpublished =
                state.publishing().filter(run -> run.reached().isEmpty());
        if (unpublished.isPresent()) {
            return failed("run %s of the best trial ended without a model: %s"
                    .formatted(
                            unpublished.get().runId(),
                            unpublished.get().end().orElseThrow().reason()));
        }
        return new Conclusion(
                JobResult.succeeded(), JournalJson.tree(state), Optional.of(events.succeeded(plan, state, best.get())));
    }

    private Conclusion failed(String reason) {
        return new Conclusion(
                new JobResult(JobResult.Outcome.FAILED, reason),
                JournalJson.tree(state),
                Optional.of(events.failed(plan, state, reason)));
    }

    private void await() throws LeaseEndedException, InterruptedException {
        long until = System.nanoTime() + poll.toNanos();
        while (System.nanoTime() < until) {
            Thread.sleep(Math.min(NAP.toMillis(), poll.toMillis()));
            lease.check();
        }
    }
}
