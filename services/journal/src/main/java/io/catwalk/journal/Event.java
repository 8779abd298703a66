package io.catwalk.journal;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an entry is published as. Its id is the entry's: it may be published twice, and never with other content.
 *
 * @param type the topic's name, as {@code epoch-completed}
 * @param time when the writer decided it
 * @param body the payload as proto3 JSON
 * @param id that of the entry of another journal, which decided the event, where this one only publishes it
 */
public record Event(String type, Instant time, JsonNode body, Optional<String> id) {
    /** An event that its own entry decides. */
    public Event(String type, Instant time, JsonNode body) {
        this(type, time, body, Optional.empty());
    }

    /**
     * The event of an entry of another journal, to publish in the order of this journal.
     *
     * @param eventId the id of the entry that decided it
     */
    public Event decidedBy(String eventId) {
        return new Event(type, time, body, Optional.of(eventId));
    }
}
