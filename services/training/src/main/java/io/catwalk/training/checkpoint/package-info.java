/** A run's checkpoints: what they hold, and where they lie. */
@NullMarked
package io.catwalk.training.checkpoint;

import org.jspecify.annotations.NullMarked;
