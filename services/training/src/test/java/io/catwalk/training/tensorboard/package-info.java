/** Event files, read by code that shares nothing with what writes them. */
@NullMarked
package io.catwalk.training.tensorboard;

import org.jspecify.annotations.NullMarked;
