package io.catwalk.local.demo;

import java.util.List;

import com.google.protobuf.Message;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.evaluation.v1.SplitScore;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingStarted;

/** The events of run {@code r}: 5 epochs of 429 steps on dataset {@code d}, version 7 of model {@code m}. */
final class RunFixture {
    static final DatasetReady READY = DatasetReady.newBuilder()
            .setDataset("d")
            .addAllLabelNames(List.of("bag", "shoe"))
            .build();
    static final DatasetRejected REJECTED_DATA =
            DatasetRejected.newBuilder().setDataset("d").setReason("no images").build();
    static final TrainingStarted STARTED = TrainingStarted.newBuilder()
            .setRunId("r")
            .setEpochs(5)
            .setStepsPerEpoch(429)
            .setBatchSize(128)
            .build();
    static final TrainingCompleted TRAINED =
            TrainingCompleted.newBuilder().setRunId("r").build();
    static final TrainingFailed FAILED =
            TrainingFailed.newBuilder().setRunId("r").setReason("NaN").build();
    static final EvaluationCompleted EVALUATED = EvaluationCompleted.newBuilder()
            .setRunId("r")
            .setTest(SplitScore.newBuilder().setAccuracy(0.9))
            .build();
    static final ModelPublished PUBLISHED = ModelPublished.newBuilder()
            .setRunId("r")
            .setModel("m")
            .setVersion(7)
            .setModelDigest("sha256:01")
            .setDataset("d")
            .setDatasetDigest("sha256:02")
            .build();
    static final ModelPromoted PROMOTED = ModelPromoted.newBuilder()
            .setModel("m")
            .setLabel("stable")
            .setVersion(7)
            .build();
    static final ModelRejected REJECTED =
            ModelRejected.newBuilder().setRunId("r").setReason("worse").build();

    private RunFixture() {}

    static EpochCompleted epoch(int epoch) {
        return EpochCompleted.newBuilder()
                .setRunId("r")
                .setEpoch(epoch)
                .setEpochs(5)
                .setStep(429L * epoch)
                .setTrain(Metrics.newBuilder().setLoss(0.28123).setAccuracy(0.89))
                .setValidation(Metrics.newBuilder().setLoss(0.31).setAccuracy(0.87654))
                .setImagesPerSecond(2431.4)
                .build();
    }

    static RunState state(Message... events) {
        RunState state = new RunState("r", "d", "m");
        List.of(events).forEach(state::apply);
        return state;
    }
}
