package io.catwalk.training.sweep;

import java.util.Optional;

import io.catwalk.chassis.reading.Reading;
import io.catwalk.events.EventJson;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.run.RunState;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.v1.TrainingRequested;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that a sweep requests, as the runs' journals have them. */
final class TrialRuns {
    private static final Logger LOG = LoggerFactory.getLogger(TrialRuns.class);

    private final Jobs runs;
    private final Runnable nudge;

    /** @param nudge notifies this process of a run to claim, or to end */
    TrialRuns(Jobs runs, Runnable nudge) {
        this.runs = runs;
        this.nudge = nudge;
    }

    /** Requests a run, unless that was done. */
    Acceptance begin(Name sweep, TrainingRequested request) throws InterruptedException {
        try {
            return runs.accept(
                    new Name(request.getRunId()), EventJson.tree(request), RequestDigest.of(request), asker(sweep));
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            // There is a run of that id, and the next poll finds that it can't be read.
            return Acceptance.REPEATED;
        } finally {
            nudge.run();
        }
    }

    /**
     * How a run has ended; one that can't be read has failed, and the sweep continues with the others. May throw the
     * store's exceptions.
     */
    TrialRun poll(TrialRun run) {
        return Reading.of(() -> read(run))
                .orElse(reason -> run.ended(new TrialRun.End(Optional.empty(), "it can't be read: " + reason)));
    }

    private TrialRun read(TrialRun run) {
        Optional<Job> job = runs.find(new Name(run.runId()));
        return job.flatMap(known -> known.fold().result().map(result -> run.ended(end(known, result))))
                .orElse(run);
    }

    /** Requests a run's end, also before the run was requested. */
    void cancel(Name sweep, TrialRun run, String reason) throws InterruptedException {
        try {
            runs.cancel(new Name(run.runId()), reason, asker(sweep));
            nudge.run();
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            LOG.warn("run {} can't be read, so it isn't cancelled: {}", run.runId(), e.getMessage());
        }
    }

    private static Asker asker(Name sweep) {
        return Asker.within(JobKind.SWEEP.folder() + "/" + sweep);
    }

    private static TrialRun.End end(Job job, JobResult result) {
        if (!result.equals(JobResult.succeeded())) {
            return new TrialRun.End(Optional.empty(), result.reason());
        }
        EpochFigures last = RunState.of(job).flatMap(RunState::latest).orElseThrow();
        return new TrialRun.End(Optional.of(new TrialRun.Reached(last.epoch(), last.validation())), "");
    }
}
