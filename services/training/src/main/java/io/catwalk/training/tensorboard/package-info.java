/** A run as TensorBoard shows it: event files, what they hold, and where they lie. */
@NullMarked
package io.catwalk.training.tensorboard;

import org.jspecify.annotations.NullMarked;
