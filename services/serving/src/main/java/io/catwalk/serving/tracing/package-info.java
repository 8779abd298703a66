/** Requests as spans of the caller's trace: off unless there is somewhere to send them. */
@NullMarked
package io.catwalk.serving.tracing;

import org.jspecify.annotations.NullMarked;
