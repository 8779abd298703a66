package io.catwalk.training.loop;

import java.util.OptionalDouble;

/**
 * What to show of a run between two epochs.
 *
 * @param step steps done since the run's start
 * @param epoch the open one
 * @param loss mean over the open epoch's batches so far, in nats; 0 before the first
 * @param accuracy over the open epoch's batches so far, 0 to 1
 * @param imagesPerSecond over the open epoch's batches so far
 * @param remainingSeconds wall time until the last planned epoch is scored, at this process's pace; empty before any step
 */
public record LoopProgress(
        long step,
        long totalSteps,
        int epoch,
        int epochs,
        double loss,
        double accuracy,
        double imagesPerSecond,
        OptionalDouble remainingSeconds) {}
