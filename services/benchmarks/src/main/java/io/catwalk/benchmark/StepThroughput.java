package io.catwalk.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preprocessing.Preprocessing;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;

/** Training steps as Catwalk makes them against the naive way, in turns, on the tutorial's network and batches. */
final class StepThroughput {
    private static final int BATCH = 128;
    private static final int STEPS = 40;
    private static final int ROUNDS = 9;
    private static final double NANOS = 1e9;
    private static final ImageShape SHAPE = new ImageShape(28, 28, 1);
    private static final int CLASSES = 10;

    private final List<float[]> images = new ArrayList<>();
    private final List<int[]> labels = new ArrayList<>();

    StepThroughput(ImageSet train) {
        byte[] pixels = new byte[BATCH * train.shape().bytes()];
        for (int batch = 0; batch < STEPS; batch++) {
            train.pixels().get(batch * pixels.length, pixels);
            float[] values = new float[pixels.length];
            Preprocessing.toUnit(pixels, 0, values, 0, pixels.length);
            images.add(values);
            int first = batch * BATCH;
            labels.add(IntStream.range(first, first + BATCH).map(train::label).toArray());
        }
    }

    Figures measure() {
        var network = Presets.named("tutorial-cnn").orElseThrow().network(SHAPE, CLASSES);
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), 42);
                NaiveTraining naive = NaiveTraining.withFrameworkAdam();
                NaiveTraining sameOptimizer = NaiveTraining.withCatwalkAdam()) {
            var catwalk = new Contestant(session::step);
            var naiveWay = new Contestant(naive::step);
            var sameOptimizerWay = new Contestant(sameOptimizer::step);
            List<Contestant> all = List.of(catwalk, naiveWay, sameOptimizerWay);
            all.forEach(contestant -> round(contestant.step));
            for (int round = 0; round < ROUNDS; round++) {
                all.forEach(contestant -> contestant.rates.add(round(contestant.step)));
            }
            return new Figures(
                    "Training steps, tutorial-cnn, batch 128, medians of %d rounds of %d steps in turns"
                            .formatted(ROUNDS, STEPS),
                    List.of(
                            "Catwalk                                   %,.0f images/s".formatted(catwalk.median()),
                            "naive, two runs a step, tf.nn.maxPool     %,.0f images/s, ratio %.2f"
                                    .formatted(naiveWay.median(), catwalk.ratioTo(naiveWay)),
                            "the same with Catwalk's fused Adam        %,.0f images/s, ratio %.2f"
                                    .formatted(sameOptimizerWay.median(), catwalk.ratioTo(sameOptimizerWay))));
        }
    }

    private double round(Step step) {
        long started = System.nanoTime();
        for (int batch = 0; batch < STEPS; batch++) {
            step.step(images.get(batch), labels.get(batch), batch);
        }
        return STEPS * BATCH * NANOS / (System.nanoTime() - started);
    }

    /** One training step. */
    @FunctionalInterface
    private interface Step {
        Object step(float[] images, int[] labels, long number);
    }

    /** A way to make steps, and its images a second, round by round. */
    private static final class Contestant {
        private final Step step;
        private final List<Double> rates = new ArrayList<>();

        Contestant(Step step) {
            this.step = step;
        }

        double median() {
            return Figures.median(rates);
        }

        /** The median of the rounds' ratios. */
        double ratioTo(Contestant other) {
            return Figures.median(IntStream.range(0, rates.size())
                    .mapToObj(round -> rates.get(round) / other.rates.get(round))
                    .toList());
        }
    }
}
