package io.catwalk.benchmark.accuracy;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.dataset.Splits;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.training.Precision;

/** The validation and test accuracy of a preset after each epoch. */
public final class EpochAccuracy {
    private static final long SEED = 42;

    private final String dataset;
    private final Splits splits;

    public EpochAccuracy(String dataset, Splits splits) {
        this.dataset = dataset;
        this.splits = splits;
    }

    /** @param epochs of the run, whose schedule ends with them */
    public BenchmarkResult measure(Preset preset, int epochs) {
        List<String> lines = new ArrayList<>();
        try (PresetRun run = new PresetRun(preset, epochs, Precision.FLOAT32, SEED, splits)) {
            while (!run.isFinished()) {
                var epoch = run.epoch();
                lines.add("epoch %d of %d: validation %.4f, test %.4f, %,.0f images/s"
                        .formatted(
                                epoch.epoch(),
                                epochs,
                                epoch.validation().accuracy(),
                                epoch.test().orElseThrow().accuracy(),
                                epoch.imagesPerSecond()));
                System.out.println(lines.getLast());
            }
        }
        return new BenchmarkResult("Accuracy of %s on %s, seed %d".formatted(preset.name(), dataset, SEED), lines);
    }
}
