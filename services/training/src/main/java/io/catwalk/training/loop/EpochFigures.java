package io.catwalk.training.loop;

import java.util.Optional;

/**
 * An epoch's results.
 *
 * @param epoch from 1
 * @param step steps done since the run's start
 * @param train mean over the epoch's batches, each scored before its own update and with dropout on
 * @param lastBatch the last batch alone, scored after its update: the figure that the tutorial prints
 * @param validation over the whole validation set, after the epoch
 * @param test over the whole test set, where the run requested it
 * @param seconds wall time of the training steps alone
 */
public record EpochFigures(
        int epoch,
        long step,
        SetFigures train,
        SetFigures lastBatch,
        SetFigures validation,
        Optional<SetFigures> test,
        double learningRate,
        double seconds,
        double imagesPerSecond) {}
