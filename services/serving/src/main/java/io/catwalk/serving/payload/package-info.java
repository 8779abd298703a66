/** A log of requests with their answers, as events: off unless it is asked for. */
@NullMarked
package io.catwalk.serving.payload;

import org.jspecify.annotations.NullMarked;
