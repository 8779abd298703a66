/** Runs over HTTP: what the journals say of them, and the requests for one or for its end. */
@NullMarked
package io.catwalk.training.http;

import org.jspecify.annotations.NullMarked;
