/** Rounds of several contestants in turns, so that other load on the machine affects all of them. */
@NullMarked
package io.catwalk.benchmark.round;

import org.jspecify.annotations.NullMarked;
