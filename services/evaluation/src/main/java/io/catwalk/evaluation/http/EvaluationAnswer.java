package io.catwalk.evaluation.http;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.evaluation.job.EvaluationState;
import io.catwalk.evaluation.job.Findings;
import io.catwalk.journal.Asker;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;

/**
 * An evaluation by its journal.
 *
 * @param reason why it failed, was cancelled or can't be read
 * @param progress the lease holder's latest progress, while there is a lease
 * @param training the trainer's result
 * @param askedBy the record of that result
 * @param findings once it is scored
 * @param decided its entry in the label journal, once written
 */
public record EvaluationAnswer(
        String runId,
        State state,
        Optional<String> reason,
        int attempts,
        Optional<JsonNode> progress,
        Optional<JsonNode> training,
        Optional<Asker> askedBy,
        Optional<Findings> findings,
        Optional<EvaluationState.Decided> decided,
        Links links) {

    /** Its state. */
    public enum State {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("cancelled")
        CANCELLED,
        @JsonProperty("unreadable")
        UNREADABLE
    }

    /** Links; those to the reports once it is scored. */
    public record Links(String self, Optional<String> report, Optional<String> page) {}

    /** @param progress the lease holder's latest progress */
    static EvaluationAnswer of(Listed listed, Optional<JsonNode> progress) {
        return listed.job().map(job -> of(job, progress)).orElseGet(() -> unreadable(listed, listed.reason()));
    }

    /** An evaluation of which only the index entry is known. */
    static EvaluationAnswer unreadable(Listed listed, String reason) {
        return new EvaluationAnswer(
                listed.id().value(),
                State.UNREADABLE,
                Optional.of(reason),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Links("/evaluations/" + listed.id(), Optional.empty(), Optional.empty()));
    }

    /** The same without the trainer's result where that is long. */
    EvaluationAnswer brief() {
        return new EvaluationAnswer(
                runId,
                state,
                reason,
                attempts,
                progress,
                training.filter(Job::isBrief),
                askedBy,
                findings,
                decided,
                links);
    }

    private static EvaluationAnswer of(Job job, Optional<JsonNode> progress) {
        EvaluationState evaluation = EvaluationState.of(job);
        Optional<JobResult> result = job.fold().result();
        String self = "/evaluations/" + job.id();
        return new EvaluationAnswer(
                job.id().value(),
                state(job),
                result.map(JobResult::reason).filter(reason -> !reason.isEmpty()),
                job.fold().attempts(),
                progress.filter(shown -> state(job) == State.RUNNING && shown.isObject()),
                job.fold().request(),
                job.fold().askedBy(),
                evaluation.findings(),
                evaluation.decided(),
                new Links(
                        self,
                        evaluation.findings().map(found -> self + "/report.json"),
                        evaluation.findings().map(found -> self + "/report.html")));
    }

    private static State state(Job job) {
        if (job.fold().result().isEmpty()) {
            return job.fold().holder().isPresent() ? State.RUNNING : State.WAITING;
        }
        return switch (job.fold().result().get().outcome()) {
            case SUCCEEDED -> State.SUCCEEDED;
            case FAILED -> State.FAILED;
            case CANCELLED -> State.CANCELLED;
        };
    }
}
