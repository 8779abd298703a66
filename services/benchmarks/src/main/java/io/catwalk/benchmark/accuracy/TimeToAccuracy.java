package io.catwalk.benchmark.accuracy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.catwalk.benchmark.figures.Figures;
import io.catwalk.dataset.Splits;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;

/**
 * The training time after which a run's test accuracy is first seen at a target, epoch by epoch. Training's steps count,
 * scoring doesn't. Targets that the tutorial's network reaches are its; higher ones are {@code regularised-cnn}'s, whose
 * learning rate falls over all epochs of its recipe, so that most of its gain comes late.
 */
public final class TimeToAccuracy {
    private static final int CLASSES = 10;
    private static final long SEED = 42;
    /** Of test images, in per cent. */
    private static final int TUTORIALS_BEST = 90;

    private static final int TUTORIALS_EPOCHS = 20;

    private final Splits splits;

    public TimeToAccuracy(Splits splits) {
        this.splits = splits;
    }

    /** @param targets per cent of the test images */
    public Figures measure(List<Integer> targets) {
        List<Integer> easy =
                targets.stream().filter(each -> each <= TUTORIALS_BEST).toList();
        List<Integer> hard =
                targets.stream().filter(each -> each > TUTORIALS_BEST).toList();
        Preset regularised = Presets.named("regularised-cnn").orElseThrow();
        return new Figures(
                "Training time to test accuracy, seed %d".formatted(SEED),
                Stream.concat(
                                lines(easy, Presets.named("tutorial-cnn").orElseThrow(), TUTORIALS_EPOCHS).stream(),
                                lines(hard, regularised, regularised.recipe().epochs()).stream())
                        .toList());
    }

    private List<String> lines(List<Integer> targets, Preset preset, int epochs) {
        TreeSet<Integer> open = new TreeSet<>(targets);
        List<String> lines = new ArrayList<>();
        if (open.isEmpty()) {
            return lines;
        }
        int batch = preset.recipe().batchSize();
        int batches = TrainingLoop.batchesPerEpoch(splits.train().count(), batch);
        var shape = splits.train().shape();
        var network = preset.network(new ImageShape(shape.height(), shape.width(), shape.channels()), CLASSES);
        var hyperparameters = preset.hyperparameters(preset.recipe().learningRate(), (long) epochs * batches);
        try (TrainingSession session = TrainingSession.open(network, hyperparameters, SEED)) {
            LoopSettings settings = new LoopSettings(epochs, batch, order(preset), true);
            TrainingLoop loop = new TrainingLoop(session, settings, splits, Position.start(), System::nanoTime);
            double seconds = 0;
            while (!loop.isFinished() && !open.isEmpty()) {
                EpochFigures epoch = epoch(loop);
                seconds += epoch.seconds();
                double accuracy = epoch.test().orElseThrow().accuracy();
                System.out.printf("%s epoch %d: test accuracy %.4f%n", preset.name(), epoch.epoch(), accuracy);
                while (!open.isEmpty() && accuracy * 100 >= open.first()) {
                    lines.add("%d %%   %.0f s, %d epochs of %s (%.4f)"
                            .formatted(open.pollFirst(), seconds, epoch.epoch(), preset.name(), accuracy));
                }
            }
        }
        open.forEach(
                target -> lines.add("%d %%   not within %d epochs of %s".formatted(target, epochs, preset.name())));
        return lines;
    }

    private static EpochFigures epoch(TrainingLoop loop) {
        try {
            while (true) {
                var figures = loop.advance(() -> {});
                if (figures.isPresent()) {
                    return figures.get();
                }
            }
        } catch (DivergedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataOrder order(Preset preset) {
        return preset.recipe().shuffled() ? new DataOrder.Shuffled(SEED) : new DataOrder.Fixed();
    }
}
