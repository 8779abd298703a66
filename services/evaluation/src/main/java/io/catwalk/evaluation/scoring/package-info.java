/** Predictions on a split, and their metrics. */
@NullMarked
package io.catwalk.evaluation.scoring;

import org.jspecify.annotations.NullMarked;
