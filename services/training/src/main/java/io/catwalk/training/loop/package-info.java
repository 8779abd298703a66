/** The training loop: the order of the images, the figures of each epoch, the position to resume from. */
@NullMarked
package io.catwalk.training.loop;

import org.jspecify.annotations.NullMarked;
