/** Services that a benchmark starts and looks into. */
@NullMarked
package io.catwalk.benchmark.process;

import org.jspecify.annotations.NullMarked;
