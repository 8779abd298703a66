/** Comparison of runs: learning curves, overfitting, and disagreements of their models. */
@NullMarked
package io.catwalk.evaluation.comparison;

import org.jspecify.annotations.NullMarked;
