package io.catwalk.training.loop;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.Splits;
import io.catwalk.network.training.Score;
import io.catwalk.network.training.StepOutcome;
import io.catwalk.network.training.TrainingSession;

/**
 * Trains a session on as many full batches as the training split gives in each epoch's order; what is left
 * over then isn't trained on in that epoch.
 *
 * <p>For one thread. The caller decides between two steps whether to continue and what to keep.
 */
public final class TrainingLoop {
    private static final double NANOS = 1e9;

    private final TrainingSession session;
    private final LoopSettings settings;
    private final ImageSet train;
    private final SplitScorer validation;
    private final Optional<SplitScorer> test;
    private final Steps steps;
    private final Batch lastBatch;
    private final int batches;
    private final LongSupplier nanoTime;
    private final Pace pace;
    private Position position;
    private int[] order;

    /**
     * @param session in the state that {@code start} belongs to; stays the caller's
     * @param start where to resume
     * @throws IllegalArgumentException when the training split doesn't fill one batch
     */
    public TrainingLoop(
            TrainingSession session, LoopSettings settings, Splits splits, Position start, LongSupplier nanoTime) {
        this.session = session;
        this.settings = settings;
        this.train = splits.train();
        this.batches = batchesPerEpoch(train.count(), settings.batchSize());
        this.validation = new SplitScorer(session, splits.validation());
        this.test = settings.testEachEpoch() ? Optional.of(new SplitScorer(session, splits.test())) : Optional.empty();
        this.steps = Steps.of(session, train, settings.batchSize());
        this.lastBatch = new Batch(train.shape().bytes(), settings.batchSize());
        this.nanoTime = nanoTime;
        this.position = start;
        this.order = settings.order().of(start.epoch(), train.count());
        this.pace = new Pace(batches, scoredBatches(splits), step() == 0 ? 0 : (double) start.totalNanos() / step());
    }

    /** @throws IllegalArgumentException when there are fewer images than a batch has */
    public static int batchesPerEpoch(int images, int batchSize) {
        if (batchSize > images) {
            throw new IllegalArgumentException(
                    "batchSize is %d, must be at most the %d training images".formatted(batchSize, images));
        }
        return images / batchSize;
    }

    public boolean isFinished() {
        return position.epoch() > settings.epochs()
                || settings.earlyStopping()
                        .filter(stopping ->
                                position.epoch() - 1 - position.best().epoch() >= stopping.patience())
                        .isPresent();
    }

    /** Whether an ended epoch is the best of those that have ended. */
    public boolean isBest(EpochFigures ended) {
        return ended.epoch() == position.best().epoch();
    }

    /** Where a resumed run would continue: between two steps, never between an epoch's last step and its figures. */
    public Position position() {
        return position;
    }

    /** Steps done since the run's start. */
    public long step() {
        return (position.epoch() - 1L) * batches + position.batch();
    }

    public LoopProgress progress() {
        int done = position.batch();
        return new LoopProgress(
                step(),
                (long) settings.epochs() * batches,
                Math.min(position.epoch(), settings.epochs()),
                settings.epochs(),
                done == 0 ? 0 : position.meanLoss(),
                done == 0 ? 0 : accuracy(),
                imagesPerSecond(),
                remainingSeconds());
    }

    /**
     * Makes the next step, or several at once where the session keeps the training split; an epoch's last one scores the
     * epoch too.
     *
     * @param afterChunk called as scoring progresses
     * @return the epoch's figures after its last step
     * @throws DivergedException when a batch's loss isn't finite, or the scored epoch's
     */
    public Optional<EpochFigures> advance(Runnable afterChunk) throws DivergedException {
        long started = nanoTime.getAsLong();
        int made = Math.min(steps.most(), batches - position.batch());
        List<StepOutcome> outcomes = steps.make(images(position.batch(), made), made, step());
        long ended = nanoTime.getAsLong();
        pace.stepped(made, started, ended);
        for (StepOutcome outcome : outcomes) {
            if (outcome.diverged()) {
                throw new DivergedException(outcome.loss(), step() + 1, session.learningRate(step()));
            }
            position = position.afterBatch(outcome.loss(), outcome.correct(), (ended - started) / made);
        }
        if (position.batch() < batches) {
            return Optional.empty();
        }
        pace.scoringBegun(ended);
        EpochFigures figures = figures(afterChunk);
        pace.scored(nanoTime.getAsLong());
        double minImprovement =
                settings.earlyStopping().map(EarlyStopping::minImprovement).orElse(0.0);
        position = position.nextEpoch(
                position.best().orBetter(figures.epoch(), figures.validation().accuracy(), minImprovement));
        order = settings.order().of(position.epoch(), train.count());
        return Optional.of(figures);
    }

    private EpochFigures figures(Runnable afterChunk) throws DivergedException {
        int[] last = images(batches - 1, 1);
        lastBatch.fill(train, place -> last[place]);
        Score afterUpdate = session.score(lastBatch.images(), lastBatch.labels());
        requireFinite(afterUpdate.loss());
        SetFigures afterEpoch = validation.score(afterChunk);
        requireFinite(afterEpoch.loss());
        return new EpochFigures(
                position.epoch(),
                step(),
                new SetFigures(position.meanLoss(), accuracy()),
                new SetFigures(afterUpdate.loss(), afterUpdate.accuracy()),
                afterEpoch,
                test.map(scorer -> scorer.score(afterChunk)),
                session.learningRate(step() - 1),
                position.epochNanos() / NANOS,
                imagesPerSecond());
    }

    /** Of some batches of the open epoch. */
    private int[] images(int from, int count) {
        return Arrays.copyOfRange(order, from * settings.batchSize(), (from + count) * settings.batchSize());
    }

    private void requireFinite(double loss) throws DivergedException {
        if (!Double.isFinite(loss)) {
            throw new DivergedException(loss, step(), session.learningRate(step() - 1));
        }
    }

    private double accuracy() {
        return (double) position.correct() / ((long) position.batch() * settings.batchSize());
    }

    private double imagesPerSecond() {
        long nanos = position.epochNanos();
        return nanos == 0 ? 0 : (long) position.batch() * settings.batchSize() * NANOS / nanos;
    }

    private OptionalDouble remainingSeconds() {
        if (isFinished()) {
            return OptionalDouble.of(0);
        }
        long steps = (long) settings.epochs() * batches - step();
        return pace.seconds(steps, settings.epochs() - position.epoch() + 1, nanoTime.getAsLong());
    }

    /** The last batch is scored once more. */
    private double scoredBatches(Splits splits) {
        int images =
                splits.validation().count() + (test.isPresent() ? splits.test().count() : 0);
        return 1 + (double) images / settings.batchSize();
    }
}
