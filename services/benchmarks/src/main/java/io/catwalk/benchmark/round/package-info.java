/** Rounds of several contestants in turns, so that what else the machine does meets all of them. */
@NullMarked
package io.catwalk.benchmark.round;

import org.jspecify.annotations.NullMarked;
