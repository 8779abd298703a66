/** One training run from data to served predictions, shown on a terminal. */
@NullMarked
package io.catwalk.local.demo;

import org.jspecify.annotations.NullMarked;
