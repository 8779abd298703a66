/** A model's versions and its label journals in the bucket. */
@NullMarked
package io.catwalk.evaluation.registry;

import org.jspecify.annotations.NullMarked;
