/** Equal inputs have equal answers, whatever the protocol. */
@NullMarked
package io.catwalk.conformance.agreement;

import org.jspecify.annotations.NullMarked;
