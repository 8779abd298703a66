package io.catwalk.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;

import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.Splits;
import io.catwalk.network.training.Score;
import io.catwalk.network.training.StepOutcome;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.training.data.Pictures;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
    private static final Splits SPLITS = Pictures.splits(60, 17, 11, TinyNetwork.SIDE, TinyNetwork.CLASSES);
    private static final int BATCH = 10;
    private static final int BATCHES = 4;
    private static final float RATE = 0.01f;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void trainsOnFullBatchesInTheSplitsOrderTheSameEachEpoch() throws DivergedException {
        List<EpochFigures> figures = new ArrayList<>();
        byte[] weights;
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            TrainingLoop loop = loop(session, 2, true);
            while (!loop.isFinished()) {
                loop.advance(() -> {}).ifPresent(figures::add);
            }
            weights = session.weights().toBytes();
        }

        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            for (EpochFigures epoch : figures) {
                assertThat(epoch).usingRecursiveComparison().isEqualTo(byHand(session, epoch.epoch()));
            }
            assertThat(weights).isEqualTo(session.weights().toBytes());
        }
        assertThat(figures).hasSize(2);
    }

    @Test
    void countsStepsAndShowsTheOpenEpoch() throws DivergedException {
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            TrainingLoop loop = loop(session, 2, false);
            assertThat(loop.progress()).isEqualTo(new LoopProgress(0, 8, 1, 2, 0, 0, 0, OptionalDouble.empty()));
            loop.advance(() -> {});

            LoopProgress progress = loop.progress();
            assertThat(progress.step()).isEqualTo(1);
            assertThat(progress.loss()).isPositive();
            // A tick of the test's clock a step: ten images a second.
            assertThat(progress.imagesPerSecond()).isEqualTo(BATCH);
        }
    }

    @Test
    void tellsHowLongTheRestTakesByWallTime() throws DivergedException {
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            TrainingLoop loop = loop(session, 3, true);
            List<OptionalDouble> whileScoring = new ArrayList<>();
            for (int step = 0; step < BATCHES; step++) {
                loop.advance(() -> whileScoring.add(loop.progress().remainingSeconds()));
            }
            // A step takes a tick and so does what is done before the next one; scoring took one for each look, and
            // one.
            double scoring = whileScoring.size() + 1;
            assertThat(loop.progress().remainingSeconds()).hasValue(2 * (BATCHES * 2 + scoring));
            assertThat(whileScoring).hasSize(2);

            while (!loop.isFinished()) {
                loop.advance(() -> {});
            }
            assertThat(loop.progress().remainingSeconds()).hasValue(0);
        }
    }

    @Test
    void tellsItBeforeTheFirstStepOfAResumedRun() {
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            Position resumed = new Position(2, 2, 1, 5, 20_000_000_000L, 60_000_000_000L, BestEpoch.none());
            var settings = new LoopSettings(2, BATCH, new DataOrder.Fixed(), false);
            TrainingLoop loop = new TrainingLoop(session, settings, SPLITS, resumed, this::tick);

            // 6 steps took a minute, 2 are left; 17 images are to be scored, and the last batch.
            assertThat(loop.progress().remainingSeconds().orElseThrow()).isCloseTo(20 + 10 * 2.7 / 2, within(1e-9));
        }
    }

    @Test
    void scoringReportsProgress() throws DivergedException {
        AtomicLong chunks = new AtomicLong();
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            ImageSet many = Pictures.of(1300, TinyNetwork.SIDE, TinyNetwork.CLASSES, 3);
            Splits splits = Splits.of(many, many, 1001);
            var settings = new LoopSettings(1, 299, new DataOrder.Fixed(), false);
            new TrainingLoop(session, settings, splits, Position.start(), this::tick).advance(chunks::incrementAndGet);
        }
        assertThat(chunks).hasValue(3);
    }

    @Test
    void endsWhenTheLossIsNoNumber() {
        try (TrainingSession session = TinyNetwork.open(3e38f, 7)) {
            TrainingLoop loop = loop(session, 50, false);
            assertThatThrownBy(() -> {
                        while (!loop.isFinished()) {
                            loop.advance(() -> {});
                        }
                    })
                    .isInstanceOf(DivergedException.class)
                    .hasMessageMatching("the loss became (NaN|Infinity) in step \\d+, with learning rate 3\\.0\\d*E38");
        }
    }

    @Test
    void refusesABatchThatTheSplitDoesNotFill() {
        try (TrainingSession session = TinyNetwork.open(RATE, 7)) {
            var settings = new LoopSettings(1, 44, new DataOrder.Fixed(), false);
            assertThatThrownBy(() -> new TrainingLoop(session, settings, SPLITS, Position.start(), this::tick))
                    .hasMessage("batchSize is 44, must be at most the 43 training images");
        }
    }

    private TrainingLoop loop(TrainingSession session, int epochs, boolean test) {
        var settings = new LoopSettings(epochs, BATCH, new DataOrder.Fixed(), test);
        return new TrainingLoop(session, settings, SPLITS, Position.start(), this::tick);
    }

    /** Half a second later. */
    private long tick() {
        return clock.addAndGet(500_000_000) * 2;
    }

    /** The tutorial's loop over one epoch, written out. */
    private static EpochFigures byHand(TrainingSession session, int epoch) {
        double lossSum = 0;
        long correct = 0;
        Score lastBatch = null;
        for (int batch = 0; batch < BATCHES; batch++) {
            float[] images = new float[BATCH * TinyNetwork.SIDE * TinyNetwork.SIDE];
            int[] labels = labels(SPLITS.train(), batch * BATCH, images);
            StepOutcome outcome = session.step(images, labels, (epoch - 1L) * BATCHES + batch);
            lossSum += outcome.loss();
            correct += outcome.correct();
            lastBatch = batch == BATCHES - 1 ? session.score(images, labels) : null;
        }
        return new EpochFigures(
                epoch,
                (long) epoch * BATCHES,
                new SetFigures(lossSum / BATCHES, correct / (double) (BATCH * BATCHES)),
                figures(Objects.requireNonNull(lastBatch)),
                figures(whole(session, SPLITS.validation())),
                Optional.of(figures(whole(session, SPLITS.test()))),
                RATE,
                BATCHES,
                BATCH);
    }

    private static Score whole(TrainingSession session, ImageSet set) {
        float[] images = new float[set.count() * set.shape().bytes()];
        int[] labels = new int[set.count()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = label(set, i, images, i);
        }
        return session.score(images, labels);
    }

    private static int[] labels(ImageSet set, int from, float[] images) {
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = label(set, from + i, images, i);
        }
        return labels;
    }

    private static int label(ImageSet set, int image, float[] images, int place) {
        for (int p = 0; p < set.shape().bytes(); p++) {
            images[place * set.shape().bytes() + p] =
                    set.pixel(image, p / TinyNetwork.SIDE, p % TinyNetwork.SIDE, 0) / 255f;
        }
        return set.label(image);
    }

    private static SetFigures figures(Score score) {
        return new SetFigures(score.loss(), score.accuracy());
    }
}
