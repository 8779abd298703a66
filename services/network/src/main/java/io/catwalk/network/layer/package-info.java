/** The layers, one file each: what a layer makes of a shape, its weights, and its TensorFlow operations. */
@NullMarked
package io.catwalk.network.layer;

import org.jspecify.annotations.NullMarked;
