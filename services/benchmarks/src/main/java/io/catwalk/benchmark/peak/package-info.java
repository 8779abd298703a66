/** This machine's measured peak of floating-point operations. */
@NullMarked
package io.catwalk.benchmark.peak;

import org.jspecify.annotations.NullMarked;
