/** The way in: requests for runs and for their end, from Kafka. */
@NullMarked
package io.catwalk.training.intake;

import org.jspecify.annotations.NullMarked;
