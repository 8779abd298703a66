package io.catwalk.benchmark.accuracy;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.dataset.Splits;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Precision;

/** What bfloat16 costs in accuracy: the tutorial's network after the same epochs from the same seeds in both precisions. */
public final class PrecisionCost {
    private static final Preset PRESET = Presets.named("tutorial-cnn").orElseThrow();

    private final Splits splits;
    private final int epochs;

    public PrecisionCost(Splits splits, int epochs) {
        this.splits = splits;
        this.epochs = epochs;
    }

    /** @throws IllegalArgumentException on a processor without bfloat16 */
    public BenchmarkResult measure(List<Long> seeds) {
        List<Double> half = accuracies(Precision.BFLOAT16, seeds);
        List<Double> whole = accuracies(Precision.FLOAT32, seeds);
        List<Double> differences = IntStream.range(0, seeds.size())
                .mapToObj(seed -> half.get(seed) - whole.get(seed))
                .toList();
        return new BenchmarkResult(
                "Test accuracy of tutorial-cnn after %d epochs, seeds %s".formatted(epochs, seeds),
                List.of(
                        line("float32", "%.4f", whole),
                        line("bfloat16", "%.4f", half),
                        line("bfloat16 less float32", "%+.4f", differences)));
    }

    private List<Double> accuracies(Precision precision, List<Long> seeds) {
        return seeds.stream().map(seed -> accuracy(precision, seed)).toList();
    }

    private double accuracy(Precision precision, long seed) {
        try (PresetRun run = new PresetRun(PRESET, epochs, precision, seed, splits)) {
            double last = 0;
            while (!run.isFinished()) {
                last = run.epoch().test().orElseThrow().accuracy();
            }
            return last;
        }
    }

    private static String line(String what, String format, List<Double> values) {
        String all = String.join(", ", values.stream().map(format::formatted).toList());
        return ("%-21s " + format + " (%s)").formatted(what, BenchmarkResult.mean(values), all);
    }
}
