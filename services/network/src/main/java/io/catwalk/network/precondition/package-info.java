/** Preconditions of numeric parameters. */
@NullMarked
package io.catwalk.network.precondition;

import org.jspecify.annotations.NullMarked;
