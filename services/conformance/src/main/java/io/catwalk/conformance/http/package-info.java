/** Requests as clients of any kind send them. */
@NullMarked
package io.catwalk.conformance.http;

import org.jspecify.annotations.NullMarked;
