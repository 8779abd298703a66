/** What runs a model: one interface, so that TensorFlow is one choice among others. */
@NullMarked
package io.catwalk.serving.engine;

import org.jspecify.annotations.NullMarked;
