/** Checks of a protocol, in sections, and what came of each. */
@NullMarked
package io.catwalk.conformance.check;

import org.jspecify.annotations.NullMarked;
