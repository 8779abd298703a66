/** TensorFlow Serving's REST protocol. Source: TensorFlow Serving, g3doc/api_rest.md. */
@NullMarked
package io.catwalk.serving.protocol.v1;

import org.jspecify.annotations.NullMarked;
