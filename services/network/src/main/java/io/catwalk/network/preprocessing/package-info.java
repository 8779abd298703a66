/** From stored pixels to the numbers that a network takes. */
@NullMarked
package io.catwalk.network.preprocessing;

import org.jspecify.annotations.NullMarked;
