package io.catwalk.history.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.events.BadEventException;
import io.catwalk.events.EventType;
import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.topic.Fingerprint;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;

/** All records of an id say what the entry says that it names: type, time, key and payload. */
public final class EventContent implements Rule<EventsSnapshot> {
    @Override
    public String name() {
        return "event-content";
    }

    @Override
    public void check(EventsSnapshot events, Finder finder) {
        Map<Long, Optional<Fingerprint>> promised = new HashMap<>();
        for (TopicRecord record : events.records()) {
            Optional<Fingerprint> expected = promised.computeIfAbsent(
                    record.number(), number -> events.journal().entry(number).flatMap(EventContent::promised));
            if (expected.filter(content -> !content.equals(record.fingerprint()))
                    .isPresent()) {
                finder.find(
                        record.place(),
                        "what entry " + record.id() + " says",
                        "an event with the same id and other content",
                        "compare the record with the entry's event; consumers must go by the entry");
            }
        }
    }

    /** Empty where there is none, or where this release can't read it. */
    private static Optional<Fingerprint> promised(Numbered entry) {
        Optional<Event> event = EventsSnapshot.promised(entry);
        Optional<EventType<?>> type = event.flatMap(EventsSnapshot::type);
        if (event.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Fingerprint.of(entry.eventId(), type.get(), event.get()));
        } catch (BadEventException e) {
            return Optional.empty();
        }
    }
}
