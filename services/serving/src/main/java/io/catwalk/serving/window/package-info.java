/** What the versions of a rollout do, as events. */
@NullMarked
package io.catwalk.serving.window;

import org.jspecify.annotations.NullMarked;
