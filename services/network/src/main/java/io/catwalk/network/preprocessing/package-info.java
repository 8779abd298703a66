/** From stored pixels to a network's input. */
@NullMarked
package io.catwalk.network.preprocessing;

import org.jspecify.annotations.NullMarked;
