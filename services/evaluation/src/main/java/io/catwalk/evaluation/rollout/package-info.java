/** Rollouts: canaries and shadows that are judged by what serving tells of them. */
@NullMarked
package io.catwalk.evaluation.rollout;

import org.jspecify.annotations.NullMarked;
