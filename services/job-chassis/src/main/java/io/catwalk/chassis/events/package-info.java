/** Requests in from Kafka and events out to it. */
@NullMarked
package io.catwalk.chassis.events;

import org.jspecify.annotations.NullMarked;
