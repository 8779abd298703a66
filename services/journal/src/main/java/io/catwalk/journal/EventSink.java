package io.catwalk.journal;

import java.util.concurrent.CompletionStage;

/** Where decided events go: Kafka, behind one method. */
@FunctionalInterface
public interface EventSink {
    /**
     * Sends an event.
     *
     * @param id the entry's, see {@link Numbered#eventId}
     * @return completed when the broker has acknowledged it; failed when it may not have it
     */
    CompletionStage<?> publish(String id, Event event);

    /** Whether this release knows such an event; {@link #publish} throws {@link UnknownEntryException} for one that it doesn't. */
    default boolean knows(Event event) {
        return true;
    }
}
