/** Evaluations as jobs: scored, reported, judged and decided once. */
@NullMarked
package io.catwalk.evaluation.job;

import org.jspecify.annotations.NullMarked;
