/** Which requests a canary answers. */
@NullMarked
package io.catwalk.serving.rollout;

import org.jspecify.annotations.NullMarked;
