package io.catwalk.journal;

import java.time.Instant;

import io.catwalk.objectstore.Folder;

/**
 * An entry in its place.
 *
 * @param number from 1, without gaps
 * @param appended when, on the store's clock
 */
public record Numbered(Folder journal, long number, Entry entry, Instant appended) {
    /** The id of the event that this entry is published as: its own, as {@code runs/r1/journal/7}, unless the event has one. */
    public String eventId() {
        return entry.event().flatMap(Event::id).orElseGet(() -> journal.path() + number);
    }
}
