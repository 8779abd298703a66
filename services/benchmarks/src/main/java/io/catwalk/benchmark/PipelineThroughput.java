package io.catwalk.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.benchmark.round.Bracketed;
import io.catwalk.client.EventConsumer;
import io.catwalk.client.PipelineClient;
import io.catwalk.dataset.Splits;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.Event;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingFailed;

/**
 * Whole runs through the pipeline (events and checkpoints on), each between two runs of only the training loop. All are timed
 * from the first epoch's end to the last one's: steps, scoring of the validation set, and for the pipeline everything that it stores
 * and publishes.
 */
final class PipelineThroughput {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);
    private static final int BATCH = 128;
    private static final double MILLIS = 1e3;
    /** Enough for a rate; the pipeline's runs are longer for their accuracy. */
    private static final int BARE_EPOCHS = 2;

    private final LocalStack stack;
    private final Splits splits;
    private final int epochs;
    private final long imagesPerEpoch;

    /** @param epochs of each run, at least 2 */
    PipelineThroughput(LocalStack stack, Splits splits, int epochs) {
        this.stack = stack;
        this.splits = splits;
        this.epochs = epochs;
        this.imagesPerEpoch = (long) TrainingLoop.batchesPerEpoch(splits.train().count(), BATCH) * BATCH;
    }

    /** @param seeds of the pipeline's runs */
    BenchmarkResult measure(List<Long> seeds) {
        List<Double> bare = new ArrayList<>(List.of(alone(seeds.getFirst())));
        List<Double> pipeline = new ArrayList<>();
        List<String> accuracies = new ArrayList<>();
        try (PipelineClient client = stack.client();
                EventConsumer events = new EventConsumer(stack.bootstrapServers())) {
            for (long seed : seeds) {
                String runId = "bench-" + seed;
                client.requestRun("""
                        {"runId":"%s","dataset":"fashion-mnist","model":"bench","epochs":%d,"seed":%d}""".formatted(runId, epochs, seed));
                Run run = follow(events, runId);
                double inPipeline = rate(run.epochEnds());
                System.out.printf(
                        "seed %d: in the pipeline %,.0f images/s, test accuracy %.4f%n",
                        seed, inPipeline, run.testAccuracy());
                pipeline.add(inPipeline);
                bare.add(alone(seed));
                accuracies.add("%.4f (seed %d)".formatted(run.testAccuracy(), seed));
            }
        }
        return new BenchmarkResult(
                "Runs of %d epochs, tutorial-cnn, scoring included, each between two runs of the loop alone"
                        .formatted(epochs),
                List.of(
                        "the loop alone    %,.0f images/s (median)".formatted(BenchmarkResult.median(bare)),
                        "in the pipeline   %,.0f images/s (median)".formatted(BenchmarkResult.median(pipeline)),
                        "ratio             " + Bracketed.of(pipeline, bare),
                        "test accuracy     " + String.join(", ", accuracies)));
    }

    /** Returns when the run is evaluated. */
    private Run follow(EventConsumer events, String runId) {
        List<Instant> epochEnds = new ArrayList<>();
        Instant giveUp = Instant.now().plus(LONGEST_RUN);
        while (Instant.now().isBefore(giveUp)) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            for (Event<?> event : events.poll(POLL)) {
                switch (event.payload()) {
                    case EpochCompleted epoch when epoch.getRunId().equals(runId) -> epochEnds.add(event.time());
                    case EvaluationCompleted evaluated
                    when evaluated.getRunId().equals(runId) -> {
                        return new Run(epochEnds, evaluated.getTest().getAccuracy());
                    }
                    case TrainingFailed failed
                    when failed.getRunId().equals(runId) ->
                        throw new TaskFailedException("run " + runId + " failed: " + failed.getReason());
                    default -> {
                        // Another step of the run.
                    }
                }
            }
        }
        throw new TaskFailedException("run " + runId + " didn't end within " + LONGEST_RUN);
    }

    /** @param epochEnds when each epoch's event was decided */
    private record Run(List<Instant> epochEnds, double testAccuracy) {}

    private double alone(long seed) {
        double rate = rate(bareEpochEnds(seed));
        System.out.printf("the loop alone %,.0f images/s%n", rate);
        return rate;
    }

    private double rate(List<Instant> epochEnds) {
        long millis =
                Duration.between(epochEnds.getFirst(), epochEnds.getLast()).toMillis();
        return imagesPerEpoch * (epochEnds.size() - 1) * MILLIS / millis;
    }

    private List<Instant> bareEpochEnds(long seed) {
        var network = Presets.named("tutorial-cnn")
                .orElseThrow()
                .network(splits.train().shape().as(ImageShape::new), 10);
        List<Instant> ends = new ArrayList<>();
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), seed)) {
            LoopSettings settings = new LoopSettings(BARE_EPOCHS, BATCH, new DataOrder.Fixed(), false);
            TrainingLoop loop = new TrainingLoop(session, settings, splits, Position.start(), System::nanoTime);
            while (!loop.isFinished()) {
                loop.advance(() -> {}).ifPresent(unused -> ends.add(Instant.now()));
            }
            return ends;
        } catch (DivergedException e) {
            throw new TaskFailedException("the bare loop diverged: " + e.getMessage());
        }
    }
}
