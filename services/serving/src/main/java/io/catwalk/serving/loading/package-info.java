/** Loads the versions that labels point at, warms them up, and swaps them in. */
@NullMarked
package io.catwalk.serving.loading;

import org.jspecify.annotations.NullMarked;
