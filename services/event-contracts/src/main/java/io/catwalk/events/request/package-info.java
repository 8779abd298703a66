/** Requests with every default applied, as the services work on them. */
@NullMarked
package io.catwalk.events.request;

import org.jspecify.annotations.NullMarked;
