/** Who calls a service: API keys and tokens, by Quarkus Security over HTTP and by {@link io.catwalk.chassis.access.Callers} elsewhere. */
@NullMarked
package io.catwalk.chassis.access;

import org.jspecify.annotations.NullMarked;
