package io.catwalk.training.run;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
        return asked(request)
                .map(origin -> origin.among(runs, request.runId()))
                .orElseGet(() -> new Choice.Pinned<>(Optional.empty()));
    }

    private static Optional<OriginChoice> asked(TrainingRequest request) {
        return request.resumeFrom()
                .map(run -> new OriginChoice("resumeFrom", run, true))
                .or(() -> request.continueFrom().map(run -> new OriginChoice("continueFrom", run, false)));
    }

    private Choice<Optional<Origin>> among(Function<Name, Optional<Job>> runs, String ownId) {
        if (run.value().equals(ownId)) {
            return rejected("another run");
        }
        Optional<Job> found = runs.apply(run).filter(job -> !job.isOnlyCancelled());
        if (found.isEmpty()) {
            return rejected("a run that is known");
        }
        Optional<JobResult> result = found.get().fold().result();
        if (result.isEmpty()) {
            List<Name> cycle = cycle(runs, ownId);
            if (!cycle.isEmpty()) {
                return rejected("a run that doesn't wait for this one itself, as "
                        + cycle.stream().map(Name::value).collect(Collectors.joining(" for ")) + " does");
            }
            return new Choice.NotYet<>("%s is %s, a run that hasn't ended yet".formatted(field, run));
        }
        Optional<Origin> origin = result.get().equals(JobResult.succeeded()) ? origin(found.get()) : Optional.empty();
        return origin.isPresent() ? new Choice.Pinned<>(origin) : rejected("a run that ended with a model");
    }

    /** The runs that wait each for the next, from this origin to the run that asks for it; empty where they don't lead to it. */
    private List<Name> cycle(Function<Name, Optional<Job>> runs, String ownId) {
        Set<Name> waiting = new LinkedHashSet<>();
        Optional<Name> next = Optional.of(run);
        while (next.isPresent() && waiting.add(next.get())) {
            if (next.get().value().equals(ownId)) {
                return List.copyOf(waiting);
            }
            next = runs.apply(next.get())
                    .filter(job -> job.fold().result().isEmpty())
                    .flatMap(RunRequests::of)
                    .flatMap(OriginChoice::asked)
                    .map(origin -> origin.run);
        }
        return List.of();
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
