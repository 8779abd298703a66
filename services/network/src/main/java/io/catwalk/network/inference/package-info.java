/** Classification by a SavedModel that was checked before TensorFlow loaded it. */
@NullMarked
package io.catwalk.network.inference;

import org.jspecify.annotations.NullMarked;
