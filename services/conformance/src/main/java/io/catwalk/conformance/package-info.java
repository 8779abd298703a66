/** A client that checks inference servers against the protocols that they say they speak. */
@NullMarked
package io.catwalk.conformance;

import org.jspecify.annotations.NullMarked;
