/** Networks as TensorFlow graphs. */
@NullMarked
package io.catwalk.network.graph;

import org.jspecify.annotations.NullMarked;
