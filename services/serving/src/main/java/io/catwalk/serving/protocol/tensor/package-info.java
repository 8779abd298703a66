/** Parses the numbers of a request's body into an engine's input. */
@NullMarked
package io.catwalk.serving.protocol.tensor;

import org.jspecify.annotations.NullMarked;
