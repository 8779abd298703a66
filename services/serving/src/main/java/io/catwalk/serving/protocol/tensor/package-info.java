/** Numbers from a request's body into the array that an engine takes. */
@NullMarked
package io.catwalk.serving.protocol.tensor;

import org.jspecify.annotations.NullMarked;
