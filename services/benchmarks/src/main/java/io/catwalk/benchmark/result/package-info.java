/** Results of benchmarks. */
@NullMarked
package io.catwalk.benchmark.result;

import org.jspecify.annotations.NullMarked;
