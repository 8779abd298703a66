/** What a classifier predicts on a split, and the figures that follow from it. */
@NullMarked
package io.catwalk.evaluation.scoring;

import org.jspecify.annotations.NullMarked;
