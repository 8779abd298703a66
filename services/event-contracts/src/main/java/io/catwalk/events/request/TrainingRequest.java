package io.catwalk.events.request;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import io.catwalk.training.v1.TrainingRequested;

/**
 * A training request with every default applied but those that its network has. Ranges are the message's limits in {@code proto}.
 *
 * @param epochs the network's own when empty
 * @param batchSize images a step; the network's own when empty
 * @param learningRate the schedule's highest; the network's own when empty
 * @param seed of the weights and the data order
 * @param testEachEpoch whether the test set is scored after each epoch too, for the curves alone
 * @param checkpointInterval time between checkpoints
 * @param deadline from the acceptance on; empty for none
 * @param publish whether a model that passes the gate is published
 * @param continueFrom the run whose weights are the first ones
 * @param resumeFrom the run at whose end this one continues
 * @param asked the message itself, for what only a network can make sense of: layers and the way to train them
 */
public record TrainingRequest(
        String runId,
        DatasetReference dataset,
        String model,
        String network,
        OptionalInt epochs,
        OptionalInt batchSize,
        OptionalDouble learningRate,
        long seed,
        boolean testEachEpoch,
        Duration checkpointInterval,
        Optional<Duration> deadline,
        boolean publish,
        PromotionGate gate,
        Optional<String> continueFrom,
        Optional<String> resumeFrom,
        TrainingRequested asked) {

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static TrainingRequest from(TrainingRequested request, String runId) {
        return new TrainingRequest(
                runId,
                DatasetReference.parse(request.getDataset()),
                request.getModel(),
                network(request),
                request.hasEpochs() ? OptionalInt.of(request.getEpochs()) : OptionalInt.empty(),
                request.hasBatchSize() ? OptionalInt.of(request.getBatchSize()) : OptionalInt.empty(),
                request.hasLearningRate() ? OptionalDouble.of(request.getLearningRate()) : OptionalDouble.empty(),
                request.hasSeed() ? request.getSeed() : TrainingDefaults.SEED,
                request.getTestEachEpoch(),
                checkpointInterval(request),
                deadline(request),
                request.hasPublish() ? request.getPublish() : TrainingDefaults.PUBLISH,
                PromotionGate.from(request.getGate()),
                Optional.of(request.getContinueFrom()).filter(run -> !run.isEmpty()),
                Optional.of(request.getResumeFrom()).filter(run -> !run.isEmpty()),
                request);
    }

    private static String network(TrainingRequested request) {
        if (!request.getNetwork().isEmpty()) {
            return request.getNetwork();
        }
        return request.getLayersCount() == 0 ? TrainingDefaults.NETWORK : TrainingDefaults.NETWORK_OF_LAYERS;
    }

    private static Duration checkpointInterval(TrainingRequested request) {
        return request.hasCheckpointInterval()
                ? duration(request.getCheckpointInterval())
                : TrainingDefaults.CHECKPOINT_INTERVAL;
    }

    private static Optional<Duration> deadline(TrainingRequested request) {
        return request.hasDeadline() ? Optional.of(duration(request.getDeadline())) : Optional.empty();
    }

    private static Duration duration(com.google.protobuf.Duration span) {
        return Duration.ofSeconds(span.getSeconds(), span.getNanos());
    }
}
