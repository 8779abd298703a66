/**
 * Jobs: journals of work that is accepted, taken by one replica, held while it works, and closed when all was told. Kafka
 * delivers requests; the journal decides who works and what came of it.
 */
@NullMarked
package io.catwalk.journal.job;

import org.jspecify.annotations.NullMarked;
