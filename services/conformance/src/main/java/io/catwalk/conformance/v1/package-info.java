/** TensorFlow Serving's REST API and KServe's first protocol, a file for each section. */
@NullMarked
package io.catwalk.conformance.v1;

import org.jspecify.annotations.NullMarked;
