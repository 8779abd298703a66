/** The runs that somebody chose to compare, as their evaluations have kept them. */
@NullMarked
package io.catwalk.evaluation.comparison.choice;

import org.jspecify.annotations.NullMarked;
