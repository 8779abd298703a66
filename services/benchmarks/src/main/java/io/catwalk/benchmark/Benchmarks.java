package io.catwalk.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.benchmark.access.KeyCost;
import io.catwalk.benchmark.accuracy.EpochAccuracy;
import io.catwalk.benchmark.accuracy.PrecisionCost;
import io.catwalk.benchmark.accuracy.TimeToAccuracy;
import io.catwalk.benchmark.growth.DatasetCost;
import io.catwalk.benchmark.growth.HistoryCost;
import io.catwalk.benchmark.growth.RegistryCost;
import io.catwalk.benchmark.models.ManyModels;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.benchmark.serving.ServingCost;
import io.catwalk.benchmark.step.Batches;
import io.catwalk.benchmark.step.StepProfile;
import io.catwalk.benchmark.step.StepThroughput;
import io.catwalk.dataset.Splits;
import io.catwalk.local.LocalStack;
import io.catwalk.network.Network;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Precision;

/** Measures Catwalk and prints the figures. */
final class Benchmarks {
    private static final List<Long> SEEDS = List.of(42L, 1L, 2L);
    private static final List<Long> PIPELINE_SEEDS = List.of(42L, 1L, 2L, 3L, 4L);
    private static final int BATCHES = 40;
    private static final int BATCH = 128;

    private final LocalStack stack;
    private final Options options;
    private final RuntimeEnvironment environment = RuntimeEnvironment.detect();
    private final Splits splits;
    private boolean started;

    /** @param stack not started yet */
    Benchmarks(LocalStack stack, Options options) {
        this.stack = stack;
        this.options = options;
        this.splits = FashionMnist.read(stack.settings().dataset());
    }

    /** Measures the chosen parts in turns. */
    void run() {
        System.out.printf(
                "%s, %d threads, %s, oneDNN %s, TensorFlow %s%n",
                environment.cpu(),
                environment.threads(),
                String.join(" ", environment.cpuFeatures()),
                environment.oneDnn() ? "on" : "off",
                environment.tensorFlowVersion());
        options.parts().forEach(this::measure);
    }

    private void measure(Part part) {
        switch (part) {
            case STEPS ->
                new StepThroughput(
                                network(),
                                batches(),
                                environment.threads(),
                                stack.settings().root(),
                                options.rounds())
                        .measure(options.peers())
                        .forEach(this::print);
            case PROFILE -> {
                StepProfile anatomy = new StepProfile(network(), splits, batches());
                print(anatomy.outsideOfTensorFlow());
                print(anatomy.operations());
            }
            case ACCURACY -> print(new TimeToAccuracy(splits, environment).measure(options.targets()));
            case PRECISION -> {
                if (Precision.BFLOAT16.isNative(environment)) {
                    print(new PrecisionCost(splits, options.epochs()).measure(SEEDS));
                } else {
                    System.out.println("bfloat16 is left out: this processor would only emulate it");
                }
            }
            case PIPELINE -> {
                start();
                print(new PipelineThroughput(stack, splits, options.epochs()).measure(PIPELINE_SEEDS));
            }
            case SERVING -> {
                start();
                print(new ServingCost(stack, splits.test(), environment.threads()).measure());
            }
            case DRIFT -> {
                start();
                print(new DriftAlarms(stack, splits.test()).measure());
            }
            case MODELS ->
                print(new ManyModels(stack.settings().root(), stack.settings().data()).measure());
            case COLOUR ->
                print(new EpochAccuracy(
                                "CIFAR-10", Cifar10.read(stack.settings().root().resolve(".cache/cifar10/package")))
                        .measure(Presets.named("resnet-colour").orElseThrow(), options.epochs()));
            case ACCESS ->
                print(new KeyCost(stack.settings().root(), stack.settings().data()).measure());
            case GROWTH -> {
                Path root = stack.settings().root();
                Path data = stack.settings().data();
                print(new HistoryCost(root, data, options.growth()).measure());
                print(new RegistryCost(root, data, options.growth()).measure());
                start();
                print(new DatasetCost(stack, options.scale()).measure());
            }
        }
    }

    private void start() {
        if (!started) {
            started = true;
            stack.start();
        }
    }

    private Batches batches() {
        return Batches.first(BATCHES, BATCH, splits.train());
    }

    private Network network() {
        return Presets.named("tutorial-cnn")
                .orElseThrow()
                .network(splits.train().shape().as(ImageShape::new), 10);
    }

    /** Other processes affect results, so they include the machine's load. */
    private void print(BenchmarkResult figures) {
        figures.print(System.out);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        System.out.printf("  load average of the last minute, this included: %.1f%n", load);
    }
}
