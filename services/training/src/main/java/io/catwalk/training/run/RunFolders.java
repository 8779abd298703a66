package io.catwalk.training.run;

import io.catwalk.training.checkpoint.CheckpointFolder;

/** Where a run's work is kept beside its journal. */
record RunFolders(CheckpointFolder checkpoints, RunEventFiles eventFiles) {}
