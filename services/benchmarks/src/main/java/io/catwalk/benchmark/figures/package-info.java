/** What benchmarks say. */
@NullMarked
package io.catwalk.benchmark.figures;

import org.jspecify.annotations.NullMarked;
