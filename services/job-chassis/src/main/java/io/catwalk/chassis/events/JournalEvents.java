package io.catwalk.chassis.events;

import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.UnknownEntryException;

/** Payloads as journals keep them. */
public final class JournalEvents {
    private JournalEvents() {}

    /** The event that a journal's entry is published as. */
    public static <M extends Message> Event of(EventType<M> type, Instant time, M payload) {
        return new Event(type.topic(), time, EventJson.tree(payload));
    }

    /**
     * A payload as {@link #of} or a job's acceptance kept it.
     *
     * @param what names it in the error, as {@code the request of run r1}
     * @throws UnknownEntryException when this release can't read it
     */
    public static <M extends Message> M read(EventType<M> type, JsonNode body, String what) {
        try {
            return EventJson.fromJson(type, body);
        } catch (BadEventException e) {
            throw new UnknownEntryException("this release can't read %s: %s".formatted(what, e.getMessage()), e);
        }
    }
}
