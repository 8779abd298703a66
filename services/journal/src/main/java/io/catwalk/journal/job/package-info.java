/**
 * Jobs: journals of work that is accepted, claimed by one replica, which has the job's lease while it works, and closed when
 * all events are published. Kafka delivers requests; the journal decides which replica works and with what result.
 */
@NullMarked
package io.catwalk.journal.job;

import org.jspecify.annotations.NullMarked;
