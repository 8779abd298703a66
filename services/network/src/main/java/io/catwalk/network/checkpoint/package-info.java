/** The state of a training session as values and as bytes. */
@NullMarked
package io.catwalk.network.checkpoint;

import org.jspecify.annotations.NullMarked;
