package io.catwalk.evaluation.job;

import io.catwalk.evaluation.gate.Gate;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionGate;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCompleted;

/**
 * What is to be evaluated: what a run came to. Its id is the run's.
 *
 * @param training as the trainer told it
 */
public record Evaluation(Name runId, TrainingCompleted training) {
    /** @throws UnknownEntryException when the job's request isn't one that this release can read */
    public static Evaluation of(Job job) {
        String request = job.fold()
                .request()
                .orElseThrow(() -> new UnknownEntryException("evaluation " + job.id() + " has no request"))
                .toString();
        try {
            return new Evaluation(job.id(), EventJson.fromJson(EventType.TRAINING_COMPLETED, request));
        } catch (BadEventException e) {
            throw new UnknownEntryException(
                    "evaluation " + job.id() + " has a request that this release can't read", e);
        }
    }

    public Name model() {
        return new Name(training.getModel());
    }

    public Digest modelDigest() {
        return Digest.parse(training.getModelDigest());
    }

    public Digest datasetDigest() {
        return Digest.parse(training.getDatasetDigest());
    }

    Gate gate() {
        PromotionGate gate = PromotionGate.from(training.getGate());
        return new Gate(gate.maxRegression(), gate.minTestAccuracy());
    }

    /** What names its entry in the label's line. */
    String cause() {
        return JobKind.EVALUATION.folder() + "/" + runId;
    }
}
