package io.catwalk.training.run;

import java.util.Optional;

import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;

/**
 * The checkpoint of another run that a run begins with instead of random initialisation.
 *
 * @param run whose checkpoint it is
 * @param resumed that run's last epoch, after which this one continues; empty where it starts from the weights alone
 */
public record Origin(String run, StoredCheckpoint checkpoint, Optional<EpochFigures> resumed) {}
