package io.catwalk.local.demo;

import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingStarted;

/**
 * What the events have said about one run so far. They come from several topics, so in any order; those of other runs, datasets
 * and models are passed over.
 */
final class RunState {
    private final String runId;
    private final String dataset;
    private final String model;

    private Optional<DatasetReady> ready = Optional.empty();
    private Optional<TrainingStarted> started = Optional.empty();
    private Optional<EpochCompleted> lastEpoch = Optional.empty();
    private Optional<TrainingCompleted> trained = Optional.empty();
    private Optional<EvaluationCompleted> evaluated = Optional.empty();
    private Optional<ModelPublished> published = Optional.empty();
    private Optional<ModelPromoted> promoted = Optional.empty();
    private Optional<RunFailure> failure = Optional.empty();

    RunState(String runId, String dataset, String model) {
        this.runId = runId;
        this.dataset = dataset;
        this.model = model;
    }

    void apply(Message event) {
        switch (event) {
            case DatasetReady e when e.getDataset().equals(dataset) -> ready = Optional.of(e);
            case DatasetRejected e
            when e.getDataset().equals(dataset) ->
                fail(Phase.DATA, "dataset " + dataset + " was rejected: " + e.getReason());
            case TrainingStarted e when e.getRunId().equals(runId) -> started = Optional.of(e);
            case EpochCompleted e when e.getRunId().equals(runId) -> applyEpoch(e);
            case TrainingCompleted e when e.getRunId().equals(runId) -> trained = Optional.of(e);
            case TrainingFailed e
            when e.getRunId().equals(runId) -> fail(Phase.TRAINING, "run " + runId + " failed: " + e.getReason());
            case EvaluationCompleted e when e.getRunId().equals(runId) -> evaluated = Optional.of(e);
            case ModelPublished e when e.getRunId().equals(runId) -> published = Optional.of(e);
            case ModelPromoted e when e.getModel().equals(model) -> promoted = Optional.of(e);
            case ModelRejected e
            when e.getRunId().equals(runId) ->
                fail(Phase.PUBLISH, "model " + model + " was rejected: " + e.getReason());
            default -> {
                // Another run's.
            }
        }
    }

    private void applyEpoch(EpochCompleted epoch) {
        if (epochsDone() < epoch.getEpoch()) {
            lastEpoch = Optional.of(epoch);
        }
    }

    private void fail(Phase phase, String reason) {
        failure = Optional.of(new RunFailure(phase, reason));
    }

    /** What the pipeline does now, as far as is known. */
    Phase phase() {
        if (isPromoted()) {
            return Phase.SERVE;
        }
        if (evaluated.isPresent()) {
            return Phase.PUBLISH;
        }
        if (trained.isPresent()) {
            return Phase.EVALUATION;
        }
        return started.isPresent() || ready.isPresent() ? Phase.TRAINING : Phase.DATA;
    }

    /** Whether the run's version is the model's promoted one and all data of the summary is known. */
    boolean isPromoted() {
        return evaluated.isPresent()
                && published.isPresent()
                && promoted.filter(
                                event -> event.getVersion() == published.get().getVersion())
                        .isPresent();
    }

    Optional<RunFailure> failure() {
        return failure;
    }

    Optional<DatasetReady> ready() {
        return ready;
    }

    Optional<TrainingStarted> started() {
        return started;
    }

    Optional<EpochCompleted> lastEpoch() {
        return lastEpoch;
    }

    int epochsDone() {
        return lastEpoch.map(EpochCompleted::getEpoch).orElse(0);
    }

    Optional<EvaluationCompleted> evaluated() {
        return evaluated;
    }

    Optional<ModelPublished> published() {
        return published;
    }

    /** Why a run will never be served. */
    record RunFailure(Phase phase, String reason) {}
}
