package io.catwalk.benchmark.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.dataset.Splits;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Precision;
import io.catwalk.training.loop.EpochFigures;

/**
 * The training time after which a run's test accuracy is first seen at a target, epoch by epoch. Only training steps count,
 * not scoring. The tutorial's network trains to the targets that it reaches; higher ones are {@code regularised-cnn}'s, in
 * bfloat16 where the processor has it, whose learning rate falls over all epochs of its recipe, so that most of its gain
 * comes late.
 */
public final class TimeToAccuracy {
    private static final long SEED = 42;
    /** Of test images, in per cent. */
    private static final int TUTORIALS_BEST = 90;

    private static final int TUTORIALS_EPOCHS = 20;

    private final Splits splits;
    private final Precision fastest;

    public TimeToAccuracy(Splits splits, RuntimeEnvironment environment) {
        this.splits = splits;
        this.fastest = Precision.BFLOAT16.isNative(environment) ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    /** @param targets per cent of the test images */
    public BenchmarkResult measure(List<Integer> targets) {
        List<Integer> easy =
                targets.stream().filter(each -> each <= TUTORIALS_BEST).toList();
        List<Integer> hard =
                targets.stream().filter(each -> each > TUTORIALS_BEST).toList();
        Preset tutorials = Presets.named("tutorial-cnn").orElseThrow();
        Preset regularised = Presets.named("regularised-cnn").orElseThrow();
        return new BenchmarkResult(
                "Training time to test accuracy, seed %d".formatted(SEED),
                Stream.concat(
                                lines(easy, tutorials, TUTORIALS_EPOCHS, Precision.FLOAT32).stream(),
                                lines(hard, regularised, regularised.recipe().epochs(), fastest).stream())
                        .toList());
    }

    private List<String> lines(List<Integer> targets, Preset preset, int epochs, Precision precision) {
        TreeSet<Integer> open = new TreeSet<>(targets);
        List<String> lines = new ArrayList<>();
        if (open.isEmpty()) {
            return lines;
        }
        String name = "%s in %s".formatted(preset.name(), precision.name().toLowerCase(Locale.ROOT));
        try (PresetRun run = new PresetRun(preset, epochs, precision, SEED, splits)) {
            double seconds = 0;
            while (!run.isFinished() && !open.isEmpty()) {
                EpochFigures epoch = run.epoch();
                seconds += epoch.seconds();
                double accuracy = epoch.test().orElseThrow().accuracy();
                System.out.printf("%s epoch %d: test accuracy %.4f%n", preset.name(), epoch.epoch(), accuracy);
                while (!open.isEmpty() && accuracy * 100 >= open.first()) {
                    lines.add("%d %%   %.0f s, %d epochs of %s (%.4f)"
                            .formatted(open.pollFirst(), seconds, epoch.epoch(), name, accuracy));
                }
            }
        }
        open.forEach(target -> lines.add("%d %%   not within %d epochs of %s".formatted(target, epochs, name)));
        return lines;
    }
}
