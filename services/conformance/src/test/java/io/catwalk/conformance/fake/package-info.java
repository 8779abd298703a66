/** A server that holds every check, and the ways in which it can be made to deviate. */
@NullMarked
package io.catwalk.conformance.fake;

import org.jspecify.annotations.NullMarked;
