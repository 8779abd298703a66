package io.catwalk.training.run;

import io.catwalk.training.checkpoint.RunCheckpoint;

/**
 * A checkpoint on its way to the store.
 *
 * @param step steps done
 * @param best whether it is the best epoch's: it must be kept even when a newer one waits too
 */
record Capture(RunCheckpoint checkpoint, long step, boolean best) {}
