/** Requests to a serving process from another process, and what they cost. */
@NullMarked
package io.catwalk.benchmark.serving;

import org.jspecify.annotations.NullMarked;
