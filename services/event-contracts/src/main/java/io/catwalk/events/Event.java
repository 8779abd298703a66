package io.catwalk.events;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;

/**
 * A CloudEvent whose payload keeps its type's rules.
 *
 * @param id unique within the source: 1 to 256 characters, none a control character
 * @param source its producer: a URI reference, as {@code /catwalk/training}, of at most 256 characters
 * @param time when it happened, by its source's clock; nothing is decided by it
 */
public record Event<M extends Message>(String id, String source, EventType<M> type, Instant time, M payload) {
    private static final int LONGEST = 256;

    /** @throws BadEventException for an id, a source or a payload that isn't so */
    public Event {
        checkText("id", id);
        checkText("source", source);
        checkUriReference(source);
        type.check(payload);
    }

    /**
     * The event whose payload is kept as JSON, as in a journal.
     *
     * @throws BadEventException for JSON that isn't such a payload
     */
    public static <M extends Message> Event<M> fromJson(
            String id, String source, EventType<M> type, Instant time, JsonNode json) {
        return new Event<>(id, source, type, time, EventJson.fromJson(type, json));
    }

    /** The Kafka record's key; empty for a request without an id. */
    public Optional<String> key() {
        return type.keyOf(payload);
    }

    /**
     * The id of the job that a request stands for: the one in its body, else derived from source and id, so that a
     * second delivery is the same job.
     *
     * @throws IllegalStateException for an event that isn't a request
     */
    public String requestId() {
        if (!type.isRequest()) {
            throw new IllegalStateException(type + " is not a request");
        }
        return key().orElseGet(() -> DerivedId.of(source, id));
    }

    private static void checkText(String field, String text) {
        if (!PlainText.isValid(text, LONGEST)) {
            throw BadEventException.wrong(field, text, PlainText.expectation(LONGEST));
        }
    }

    private static void checkUriReference(String source) {
        try {
            new URI(source);
        } catch (URISyntaxException e) {
            throw BadEventException.wrong("source", source, "must be a URI reference: " + e.getReason());
        }
    }
}
