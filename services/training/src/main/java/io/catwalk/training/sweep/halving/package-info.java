/** Which trial is to have more epochs, and which is the best. */
@NullMarked
package io.catwalk.training.sweep.halving;

import org.jspecify.annotations.NullMarked;
