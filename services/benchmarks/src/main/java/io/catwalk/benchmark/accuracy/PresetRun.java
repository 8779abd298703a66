package io.catwalk.benchmark.accuracy;

import io.catwalk.dataset.Splits;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.Precision;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.loop.DataOrder;
import io.catwalk.training.loop.DivergedException;
import io.catwalk.training.loop.EpochFigures;
import io.catwalk.training.loop.LoopSettings;
import io.catwalk.training.loop.Position;
import io.catwalk.training.loop.TrainingLoop;

/** A run of a preset by its recipe, except for the epochs, scored on the test set after each. */
final class PresetRun implements AutoCloseable {
    private static final int CLASSES = 10;

    private final TrainingSession session;
    private final TrainingLoop loop;

    PresetRun(Preset preset, int epochs, Precision precision, long seed, Splits splits) {
        int batch = preset.recipe().batchSize();
        int batches = TrainingLoop.batchesPerEpoch(splits.train().count(), batch);
        Hyperparameters own = preset.hyperparameters(preset.recipe().learningRate(), (long) epochs * batches);
        session = TrainingSession.open(
                preset.network(splits.train().shape().as(ImageShape::new), CLASSES),
                new Hyperparameters(own.descent(), own.firstWeights(), own.regularisation(), precision),
                seed);
        DataOrder order = preset.recipe().shuffled() ? new DataOrder.Shuffled(seed) : new DataOrder.Fixed();
        LoopSettings settings = new LoopSettings(epochs, batch, order, true);
        loop = new TrainingLoop(session, settings, splits, Position.start(), System::nanoTime);
    }

    boolean isFinished() {
        return loop.isFinished();
    }

    EpochFigures epoch() {
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

    @Override
    public void close() {
        session.close();
    }
}
