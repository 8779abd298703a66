/** Runs over HTTP: what the journals say of them, and the way to ask for one or for its end. */
@NullMarked
package io.catwalk.training.http;

import org.jspecify.annotations.NullMarked;
