/** How long training takes to a given accuracy. */
@NullMarked
package io.catwalk.benchmark.accuracy;

import org.jspecify.annotations.NullMarked;
