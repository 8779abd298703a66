/** The Open Inference Protocol over HTTP and its extensions, a file for each section. */
@NullMarked
package io.catwalk.conformance.v2;

import org.jspecify.annotations.NullMarked;
