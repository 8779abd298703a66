package io.catwalk.training.run;

import io.catwalk.training.checkpoint.StoredCheckpoint;

/**
 * Where a run's first weights come from.
 *
 * @param run whose checkpoint it is
 */
public record Origin(String run, StoredCheckpoint checkpoint) {}
