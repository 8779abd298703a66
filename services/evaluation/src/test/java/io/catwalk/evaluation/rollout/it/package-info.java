/** Rollouts on a real broker and store. */
@NullMarked
package io.catwalk.evaluation.rollout.it;

import org.jspecify.annotations.NullMarked;
