/** The windows that serving publishes: read, put together to rounds, and missed. */
@NullMarked
package io.catwalk.evaluation.rollout.window;

import org.jspecify.annotations.NullMarked;
