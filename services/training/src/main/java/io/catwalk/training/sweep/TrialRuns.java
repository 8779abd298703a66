package io.catwalk.training.sweep;

import java.util.Optional;

import io.catwalk.events.EventJson;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Acceptance;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.Jobs;
import io.catwalk.objectstore.Name;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.run.RunState;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.v1.TrainingRequested;

/** The runs that a sweep asks for, as the runs' journals have them. */
final class TrialRuns {
    private final Jobs runs;
    private final Runnable nudge;

    /** @param nudge tells this process that there is a run to take, or to end */
    TrialRuns(Jobs runs, Runnable nudge) {
        this.runs = runs;
        this.nudge = nudge;
    }

    /** Asks for a run, unless that was done. */
    Acceptance begin(TrainingRequested request) throws InterruptedException {
        Acceptance acceptance = runs.accept(
                new Name(request.getRunId()), JournalJson.parse(EventJson.toJson(request)), RequestDigest.of(request));
        nudge.run();
        return acceptance;
    }

    /** What a run has come to; may throw the store's exceptions. */
    TrialRun look(TrialRun run) {
        Optional<Job> job = runs.find(new Name(run.runId()));
        return job.flatMap(known -> known.fold().result().map(result -> run.ended(end(known, result))))
                .orElse(run);
    }

    /** Asks for a run's end, also before it was asked for. */
    void cancel(TrialRun run, String reason) throws InterruptedException {
        runs.cancel(new Name(run.runId()), reason);
        nudge.run();
    }

    private static TrialRun.End end(Job job, JobResult result) {
        if (!result.equals(JobResult.succeeded())) {
            return new TrialRun.End(Optional.empty(), result.reason());
        }
        EpochFigures last = RunState.of(job).flatMap(RunState::latest).orElseThrow();
        return new TrialRun.End(Optional.of(new TrialRun.Reached(last.epoch(), last.validation())), "");
    }
}
