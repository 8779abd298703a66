/** A model's versions and the lines of its labels, as the bucket holds them. */
@NullMarked
package io.catwalk.evaluation.registry;

import org.jspecify.annotations.NullMarked;
