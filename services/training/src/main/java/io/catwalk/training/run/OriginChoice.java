package io.catwalk.training.run;

import java.util.Optional;
import java.util.function.Function;

import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.objectstore.Name;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;

/** The checkpoint that a request's continueFrom or resumeFrom means, if it has either. */
final class OriginChoice {
    private final String field;
    private final Name run;
    private final boolean resumes;

    private OriginChoice(String field, String run, boolean resumes) {
        this.field = field;
        this.run = new Name(run);
        this.resumes = resumes;
    }

    /**
     * The checkpoint that the other run's model was made of, or its last one to resume.
     *
     * @param runs by their ids
     */
    static Choice<Optional<Origin>> of(TrainingRequest request, Function<Name, Optional<Job>> runs) {
        Optional<OriginChoice> choice = request.resumeFrom()
                .map(run -> new OriginChoice("resumeFrom", run, true))
                .or(() -> request.continueFrom().map(run -> new OriginChoice("continueFrom", run, false)));
        return choice.map(asked -> asked.among(runs)).orElseGet(() -> new Choice.Pinned<>(Optional.empty()));
    }

    private Choice<Optional<Origin>> among(Function<Name, Optional<Job>> runs) {
        Optional<Job> found = runs.apply(run).filter(job -> !job.isOnlyCancelled());
        if (found.isEmpty()) {
            return rejected("a run that is known");
        }
        Optional<JobResult> result = found.get().fold().result();
        if (result.isEmpty()) {
            return new Choice.NotYet<>("%s is %s, a run that hasn't ended yet".formatted(field, run));
        }
        Optional<Origin> origin = result.get().equals(JobResult.succeeded()) ? origin(found.get()) : Optional.empty();
        return origin.isPresent() ? new Choice.Pinned<>(origin) : rejected("a run that ended with a model");
    }

    private Choice<Optional<Origin>> rejected(String expectation) {
        return new Choice.Rejected<>("%s is %s, must be %s".formatted(field, run, expectation));
    }

    private Optional<Origin> origin(Job job) {
        Optional<RunState> state = RunState.of(job);
        Optional<StoredCheckpoint> checkpoint = state.flatMap(known -> resumes ? known.newest() : ofModel(job, known));
        Optional<EpochFigures> resumed = state.flatMap(RunState::latest).filter(unused -> resumes);
        return checkpoint.map(stored -> new Origin(run.value(), stored, resumed));
    }

    private static Optional<StoredCheckpoint> ofModel(Job job, RunState state) {
        boolean best = RunRequests.of(job)
                .map(TrainingRequest::asked)
                .filter(asked -> asked.hasEarlyStopping())
                .isPresent();
        return best ? state.bestCheckpoint() : state.newest();
    }
}
