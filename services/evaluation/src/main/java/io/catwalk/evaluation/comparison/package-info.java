/** Runs side by side: how they learnt, which of them overfit, and where their models disagree. */
@NullMarked
package io.catwalk.evaluation.comparison;

import org.jspecify.annotations.NullMarked;
