/** The interface of inference engines, and TensorFlow as one of them. */
@NullMarked
package io.catwalk.serving.engine;

import org.jspecify.annotations.NullMarked;
