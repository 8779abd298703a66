/** The trials that a sweep's request means. */
@NullMarked
package io.catwalk.training.sweep.space;

import org.jspecify.annotations.NullMarked;
