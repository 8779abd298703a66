package io.catwalk.training.run;

import java.time.InstantSource;
import java.util.Optional;

import io.catwalk.chassis.events.JournalEvents;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.Termination;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.SetFigures;
import io.catwalk.training.v1.Environment;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.FailureKind;
import io.catwalk.training.v1.Metrics;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingStarted;

/** The events that a run's entries are published as. */
final class RunEvents {
    private final InstantSource clock;
    private final String trainer;

    /** @param trainer this process's name */
    RunEvents(InstantSource clock, String trainer) {
        this.clock = clock;
        this.trainer = trainer;
    }

    /**
     * @param attempt which trainer of the run this is, from 1
     * @param resumedAt steps done before it
     */
    Event started(RunPlan plan, int attempt, long resumedAt, RuntimeEnvironment environment) {
        TrainingRequest request = plan.request();
        return JournalEvents.of(
                EventType.TRAINING_STARTED,
                clock.instant(),
                TrainingStarted.newBuilder()
                        .setRunId(request.runId())
                        .setModel(request.model())
                        .setDataset(request.dataset().name())
                        .setDatasetDigest(plan.dataset().toString())
                        .setNetwork(request.network())
                        .setParameters(plan.parameters())
                        .setEpochs(plan.loop().epochs())
                        .setBatchSize(plan.loop().batchSize())
                        .setStepsPerEpoch(plan.stepsPerEpoch())
                        .setSeed(request.seed())
                        .setAttempt(attempt)
                        .setResumedAtStep(resumedAt)
                        .setEnvironment(message(environment))
                        .build());
    }

    Event epochCompleted(RunPlan plan, EpochFigures figures) {
        TrainingRequest request = plan.request();
        EpochCompleted.Builder completed = EpochCompleted.newBuilder()
                .setRunId(request.runId())
                .setModel(request.model())
                .setEpoch(figures.epoch())
                .setEpochs(plan.loop().epochs())
                .setStep(figures.step())
                .setTrain(message(figures.train()))
                .setLastBatch(message(figures.lastBatch()))
                .setValidation(message(figures.validation()))
                .setLearningRate(figures.learningRate())
                .setSeconds(figures.seconds())
                .setImagesPerSecond(figures.imagesPerSecond());
        figures.test().ifPresent(test -> completed.setTest(message(test)));
        return JournalEvents.of(EventType.EPOCH_COMPLETED, clock.instant(), completed.build());
    }

    /**
     * @param ofModel the epoch that the model's weights are from
     * @param epochsDone below the plan's where the run stopped early
     * @param seconds wall time of all training steps
     */
    Event completed(
            RunPlan plan,
            String requestDigest,
            EpochFigures ofModel,
            int epochsDone,
            TrainedModel model,
            double seconds) {
        TrainingRequest request = plan.request();
        return JournalEvents.of(
                EventType.TRAINING_COMPLETED,
                clock.instant(),
                TrainingCompleted.newBuilder()
                        .setRunId(request.runId())
                        .setModel(request.model())
                        .setDataset(request.dataset().name())
                        .setDatasetDigest(plan.dataset().toString())
                        .setNetwork(request.network())
                        .setEpochs(plan.loop().epochs())
                        .setParameters(plan.parameters())
                        .setModelDigest(model.modelDigest())
                        .setOnnxDigest(model.onnxDigest().orElse(""))
                        .setWeightsDigest(model.weightsDigest())
                        .setRequestDigest(requestDigest)
                        .setTrain(message(ofModel.train()))
                        .setValidation(message(ofModel.validation()))
                        .setModelEpoch(ofModel.epoch())
                        .setEpochsDone(epochsDone)
                        .setSeconds(seconds)
                        .setPublish(request.publish())
                        .setGate(request.gate().toMessage())
                        .build());
    }

    Event failed(Job job, FailureKind kind, String reason) {
        Optional<RunState> state = RunState.of(job);
        return JournalEvents.of(
                EventType.TRAINING_FAILED,
                clock.instant(),
                TrainingFailed.newBuilder()
                        .setRunId(job.id().value())
                        .setModel(
                                RunRequests.of(job).map(TrainingRequest::model).orElse(""))
                        .setKind(kind)
                        .setReason(reason)
                        .setStep(state.map(RunState::step).orElse(0L))
                        .setCheckpointDigest(state.flatMap(RunState::newest)
                                .map(StoredCheckpoint::digest)
                                .orElse(""))
                        .build());
    }

    static FailureKind kind(Termination ending) {
        return switch (ending) {
            case Termination.Cancelled cancelled -> FailureKind.FAILURE_KIND_CANCELLED;
            case Termination.DeadlineExceeded exceeded -> FailureKind.FAILURE_KIND_DEADLINE_EXCEEDED;
            case Termination.HoldersLost lost -> FailureKind.FAILURE_KIND_TRAINERS_LOST;
            case Termination.Refused refused -> FailureKind.FAILURE_KIND_REFUSED;
            case Termination.Failed failed -> FailureKind.FAILURE_KIND_INTERNAL;
        };
    }

    private static Metrics message(SetFigures figures) {
        return Metrics.newBuilder()
                .setLoss(figures.loss())
                .setAccuracy(figures.accuracy())
                .build();
    }

    private Environment message(RuntimeEnvironment environment) {
        return Environment.newBuilder()
                .setTrainer(trainer)
                .setDevice(environment.device())
                .setThreads(environment.threads())
                .setOneDnn(environment.oneDnn())
                .addAllCpuFeatures(environment.cpuFeatures())
                .setTensorflowVersion(environment.tensorFlowVersion())
                .build();
    }
}
