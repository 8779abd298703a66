/** The events between the services: their topics, their CloudEvents form on Kafka, and what a payload must hold. */
@NullMarked
package io.catwalk.events;

import org.jspecify.annotations.NullMarked;
