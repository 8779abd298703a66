/** Logged requests that a candidate answers again before it gets live ones. */
@NullMarked
package io.catwalk.evaluation.rollout.replay;

import org.jspecify.annotations.NullMarked;
