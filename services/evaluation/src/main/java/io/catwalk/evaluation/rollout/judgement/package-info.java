/**
 * Whether a version does worse than another, judged while it is watched: the test is valid however often it is looked at. Knows
 * neither events nor time.
 */
@NullMarked
package io.catwalk.evaluation.rollout.judgement;

import org.jspecify.annotations.NullMarked;
