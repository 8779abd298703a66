/** Trainers as processes of their own, on a real broker and store. */
@NullMarked
package io.catwalk.training.it;

import org.jspecify.annotations.NullMarked;
