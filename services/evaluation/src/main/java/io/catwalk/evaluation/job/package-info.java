/** Evaluations as jobs: scored, reported, and decided once. */
@NullMarked
package io.catwalk.evaluation.job;

import org.jspecify.annotations.NullMarked;
