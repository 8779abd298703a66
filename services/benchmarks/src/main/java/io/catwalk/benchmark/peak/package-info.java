/** The most floating-point work that this machine does, found by running it. */
@NullMarked
package io.catwalk.benchmark.peak;

import org.jspecify.annotations.NullMarked;
