package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;

/**
 * Where a run begins that doesn't begin by chance.
 *
 * @param run whose checkpoint it is
 * @param resumed that run's last epoch, where this one goes on behind it; empty where it takes the weights alone
 */
public record Origin(String run, StoredCheckpoint checkpoint, Optional<EpochFigures> resumed) {}
