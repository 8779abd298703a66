/** The record of an evaluation: figures, curves, samples and verdict, as JSON. */
@NullMarked
package io.catwalk.evaluation.report;

import org.jspecify.annotations.NullMarked;
