/** A client of a running pipeline: the services' HTTP API, and their events. */
@NullMarked
package io.catwalk.client;

import org.jspecify.annotations.NullMarked;
