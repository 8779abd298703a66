package io.catwalk.benchmark.step;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.dataset.Splits;
import io.catwalk.network.Network;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.StepProfile.OperationTime;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;

/** The time of Catwalk's steps by operation. */
public final class StepProfile {
    private static final int LOOP_STEPS = 200;
    private static final int PROFILED_STEPS = 30;
    private static final int SHOWN = 16;
    private static final int LONGEST_INPUTS = 70;
    private static final double NANOS_IN_MILLI = 1e6;

    private final Network network;
    private final Splits splits;
    private final Batches batches;

    public StepProfile(Network network, Splits splits, Batches batches) {
        this.network = network;
        this.splits = splits;
        this.batches = batches;
    }

    /** The training service's loop, shuffled, without the work between epochs. */
    public BenchmarkResult outsideOfTensorFlow() {
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), 42)) {
            LoopSettings settings = new LoopSettings(1, batches.size(), new DataOrder.Shuffled(42), false);
            TrainingLoop loop = new TrainingLoop(session, settings, splits, Position.start(), System::nanoTime);
            advance(loop);
            Duration before = session.timeInGraph();
            long started = System.nanoTime();
            advance(loop);
            long whole = System.nanoTime() - started;
            long outside = whole - session.timeInGraph().minus(before).toNanos();
            return new BenchmarkResult(
                    "Training loop, %d steps of %d shuffled images".formatted(LOOP_STEPS, batches.size()),
                    List.of(
                            "a step                   %.2f ms".formatted(whole / NANOS_IN_MILLI / LOOP_STEPS),
                            "outside of session.run   %.2f ms, %.2f %%: gathering, scaling and copying the images, and the rest"
                                    .formatted(outside / NANOS_IN_MILLI / LOOP_STEPS, 100.0 * outside / whole)));
        }
    }

    private static void advance(TrainingLoop loop) {
        try {
            for (int step = 0; step < LOOP_STEPS; step++) {
                loop.advance(() -> {});
            }
        } catch (DivergedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The slowest operations, by TensorFlow's trace. Several run at once, so their sum may exceed the step. */
    public BenchmarkResult operations() {
        Map<String, List<Double>> times = new LinkedHashMap<>();
        List<Double> sums = new ArrayList<>();
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), 42)) {
            for (int step = 0; step < batches.count(); step++) {
                session.step(batches.images().get(step), batches.labels().get(step), step);
            }
            for (int step = 0; step < PROFILED_STEPS; step++) {
                int batch = step % batches.count();
                double sum = 0;
                for (OperationTime each : session.profile(
                                batches.images().get(batch), batches.labels().get(batch), step)
                        .operations()) {
                    double millis = each.time().toNanos() / NANOS_IN_MILLI;
                    sum += millis;
                    times.computeIfAbsent(call(each), unused -> new ArrayList<>())
                            .add(millis);
                }
                sums.add(sum);
            }
        }
        return new BenchmarkResult(
                "Operations of a step, medians of %d profiled ones; all together %.1f ms, some at the same time"
                        .formatted(PROFILED_STEPS, BenchmarkResult.median(sums)),
                longest(times));
    }

    private static List<String> longest(Map<String, List<Double>> times) {
        Map<String, Double> medians = times.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> BenchmarkResult.median(each.getValue())));
        Stream<Map.Entry<String, Double>> sorted = medians.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed());
        return sorted.limit(SHOWN)
                .map(each -> "%6.2f ms  %s".formatted(each.getValue(), each.getKey()))
                .toList();
    }

    private static String call(OperationTime operation) {
        String inputs = String.join(", ", operation.inputs());
        String shown = inputs.length() > LONGEST_INPUTS ? inputs.substring(0, LONGEST_INPUTS) + "…" : inputs;
        return "%s(%s)".formatted(operation.type().replace("_MklNative", "oneDNN "), shown);
    }
}
