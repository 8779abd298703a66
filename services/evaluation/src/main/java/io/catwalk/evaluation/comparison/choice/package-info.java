/** Finds the runs to compare and their evaluations. */
@NullMarked
package io.catwalk.evaluation.comparison.choice;

import org.jspecify.annotations.NullMarked;
