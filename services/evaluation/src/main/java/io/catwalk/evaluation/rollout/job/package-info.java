/** Rollouts as jobs: begun, raised, promoted, rolled back, each decision once, whatever is killed when. */
@NullMarked
package io.catwalk.evaluation.rollout.job;

import org.jspecify.annotations.NullMarked;
