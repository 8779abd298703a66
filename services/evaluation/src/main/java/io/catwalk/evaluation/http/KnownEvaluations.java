package io.catwalk.evaluation.http;

import java.util.Optional;
import java.util.function.Function;

import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.job.EvaluationState;
import io.catwalk.evaluation.job.Findings;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotFoundException;

/** Finds evaluations by the ids that callers give. */
@Singleton
class KnownEvaluations {
    private final JobService jobs;

    @Inject
    KnownEvaluations(JobService jobs) {
        this.jobs = jobs;
    }

    /**
     * What an evaluation found.
     *
     * @throws NotFoundException when there is no such evaluation, or it isn't scored (yet)
     */
    Findings scored(String runId) {
        Job job = find(runId, jobs.jobs()::find);
        return EvaluationState.of(job)
                .findings()
                .orElseThrow(() -> new NotFoundException("evaluation " + runId + " has no report"));
    }

    /** @throws NotFoundException when nothing is found by the id, or it isn't one */
    static <T> T find(String runId, Function<Name, Optional<T>> look) {
        return Optional.of(runId)
                .filter(Name::isValid)
                .map(Name::new)
                .flatMap(look)
                .orElseThrow(() -> new NotFoundException("no evaluation has that id"));
    }
}
