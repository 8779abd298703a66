package io.catwalk.chassis.events;

import java.time.Instant;

import com.google.protobuf.Message;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;

/** Payloads as journals keep them. */
public final class JournalEvents {
    private JournalEvents() {}

    /** What a journal's entry is to be told as. */
    public static <M extends Message> Event of(EventType<M> type, Instant time, M payload) {
        return new Event(type.topic(), time, JournalJson.parse(EventJson.toJson(payload)));
    }
}
