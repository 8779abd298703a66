package io.catwalk.local.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingStarted;

/**
 * How far a run is.
 *
 * @param steps done since the run's start
 * @param totalSteps of the whole run
 * @param lastEpoch the newest that is done, if any
 * @param elapsed since this trainer began, in which it did the steps from {@code resumedAtStep} on
 */
record TrainingProgress(
        TrainingStarted started, long steps, long totalSteps, Optional<EpochCompleted> lastEpoch, Duration elapsed) {
    private static final int BAR_WIDTH = 10;

    static TrainingProgress of(RunState state, TrainingStarted started, long liveSteps, Duration elapsed) {
        long total = Math.max(1, started.getStepsPerEpoch() * started.getEpochs());
        long published = Math.max(
                started.getResumedAtStep(),
                state.lastEpoch().map(EpochCompleted::getStep).orElse(0L));
        long steps = Math.min(total, Math.max(published, liveSteps));
        return new TrainingProgress(started, steps, total, state.lastEpoch(), elapsed);
    }

    /** One line of less than 80 columns for at most 999 epochs. */
    String line() {
        StringBuilder line =
                new StringBuilder("%-8s %s %d/%d".formatted("training", bar(), epoch(), started.getEpochs()));
        lastEpoch.ifPresent(epoch -> line.append(String.format(
                Locale.ROOT,
                "  loss %.4f  acc %.4f",
                epoch.getTrain().getLoss(),
                epoch.getValidation().getAccuracy())));
        speed().ifPresent(speed -> line.append(String.format(Locale.ROOT, "  %.0f images/s", speed)));
        remaining().ifPresent(time -> line.append("  ETA ").append(minutes(time)));
        return line.toString();
    }

    private String bar() {
        int filled = (int) (BAR_WIDTH * steps / totalSteps);
        return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
    }

    /** The epoch that is being trained, from 1. */
    private long epoch() {
        long inEpoch = steps / Math.max(1, started.getStepsPerEpoch()) + 1;
        return Math.min(inEpoch, started.getEpochs());
    }

    /** Of the last epoch, else over all steps so far. */
    private Optional<Double> speed() {
        return lastEpoch
                .map(EpochCompleted::getImagesPerSecond)
                .or(() -> stepsPerSecond().map(rate -> rate * started.getBatchSize()));
    }

    private Optional<Duration> remaining() {
        return stepsPerSecond().map(rate -> Duration.ofMillis((long) ((totalSteps - steps) / rate * 1000)));
    }

    private Optional<Double> stepsPerSecond() {
        long done = steps - started.getResumedAtStep();
        return done > 0 && elapsed.isPositive()
                ? Optional.of(done * 1000.0 / Math.max(1, elapsed.toMillis()))
                : Optional.empty();
    }

    /** As {@code 1:05}. */
    static String minutes(Duration time) {
        return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    /** One done epoch, for a display without a bar. */
    static String epochLine(EpochCompleted epoch) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  accuracy %.4f  validation loss %.4f  accuracy %.4f  %.0f images/s",
                epoch.getEpoch(),
                epoch.getEpochs(),
                epoch.getTrain().getLoss(),
                epoch.getTrain().getAccuracy(),
                epoch.getValidation().getLoss(),
                epoch.getValidation().getAccuracy(),
                epoch.getImagesPerSecond());
    }
}
