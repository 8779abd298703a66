/** TensorFlow Serving over gRPC. */
@NullMarked
package io.catwalk.serving.protocol.tfs;

import org.jspecify.annotations.NullMarked;
