package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.training.checkpoint.StoredCheckpoint;

/** The checkpoint that a request's continueFrom means. */
final class OriginChoice {
    private OriginChoice() {}

    /**
     * The checkpoint that the run's model was made of.
     *
     * @param run the one that {@code name} means
     */
    static Choice<Origin> of(String name, Optional<Job> run) {
        if (run.isEmpty()) {
            return new Choice.Rejected<>("continueFrom is %s, must be a run that is known".formatted(name));
        }
        Optional<JobResult> result = run.get().fold().result();
        if (result.isEmpty()) {
            return new Choice.NotYet<>("run %s, which is to be continued, hasn't ended yet".formatted(name));
        }
        return modelCheckpoint(run.get())
                .filter(checkpoint -> result.get().equals(JobResult.succeeded()))
                .<Choice<Origin>>map(checkpoint -> new Choice.Pinned<>(new Origin(name, checkpoint)))
                .orElseGet(() -> new Choice.Rejected<>(
                        "continueFrom is %s, must be a run that ended with a model".formatted(name)));
    }

    private static Optional<StoredCheckpoint> modelCheckpoint(Job run) {
        boolean best = RunRequests.of(run)
                .map(TrainingRequest::asked)
                .filter(asked -> asked.hasEarlyStopping())
                .isPresent();
        return RunState.of(run).flatMap(state -> best ? state.bestCheckpoint() : state.newest());
    }
}
