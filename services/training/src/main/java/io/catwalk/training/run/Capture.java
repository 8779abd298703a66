package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.training.checkpoint.RunCheckpoint;

/**
 * A checkpoint on its way to the store.
 *
 * @param step steps done
 * @param best whether it is the best epoch's: it must be kept even when a newer one waits too
 * @param validationAccuracy of the epoch that ended there; absent in mid-epoch
 */
record Capture(RunCheckpoint checkpoint, long step, boolean best, Optional<Double> validationAccuracy) {}
