package io.catwalk.evaluation.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.evaluation.gate.Gate;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionGate;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCompleted;

/**
 * The request of an evaluation: a run's result. Its id is the run's.
 *
 * @param training as the trainer published it
 */
public record Evaluation(Name runId, TrainingCompleted training) {
    /** @throws UnknownEntryException when the job's request isn't one that this release can read */
    public static Evaluation of(Job job) {
        JsonNode request = job.fold()
                .request()
                .orElseThrow(() -> new UnknownEntryException("evaluation " + job.id() + " has no request"));
        return new Evaluation(
                job.id(),
                JournalEvents.read(EventType.TRAINING_COMPLETED, request, "the request of evaluation " + job.id()));
    }

    public Name model() {
        return new Name(training.getModel());
    }

    public Digest modelDigest() {
        return Digest.parse(training.getModelDigest());
    }

    /** The model in ONNX format; empty for a run of an older release. */
    public Optional<Digest> onnxDigest() {
        return Optional.of(training.getOnnxDigest())
                .filter(digest -> !digest.isEmpty())
                .map(Digest::parse);
    }

    public Digest datasetDigest() {
        return Digest.parse(training.getDatasetDigest());
    }

    Gate gate() {
        PromotionGate gate = PromotionGate.from(training.getGate());
        return new Gate(gate.maxRegression(), gate.minTestAccuracy());
    }

    /** The cause of its entry in the label journal. */
    String cause() {
        return JobKind.EVALUATION.folder() + "/" + runId;
    }
}
