/** Topics that one process reads by itself. */
@NullMarked
package io.catwalk.evaluation.rollout.topic;

import org.jspecify.annotations.NullMarked;
