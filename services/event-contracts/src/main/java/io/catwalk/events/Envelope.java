package io.catwalk.events;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * A CloudEvent's attributes (CloudEvents 1.0, "Context attributes"), before its data is looked at.
 */
record Envelope(String id, String source, Optional<Instant> time) {
    static final String VERSION = "1.0";

    /**
     * @param type what the topic holds
     * @param prefix before an attribute's name in messages
     * @param attribute finds an attribute's text
     * @throws BadEventException for a missing attribute, another version or type, or a time that is none
     */
    static Envelope read(EventType<?> type, String prefix, Function<String, Optional<String>> attribute) {
        String version = required(prefix, "specversion", attribute);
        if (!version.equals(VERSION)) {
            throw BadEventException.wrong(prefix + "specversion", version, "must be " + VERSION);
        }
        String found = required(prefix, "type", attribute);
        if (!found.equals(type.name())) {
            throw BadEventException.wrong(prefix + "type", found, "must be " + type.name() + " on this topic");
        }
        return new Envelope(
                required(prefix, "id", attribute),
                required(prefix, "source", attribute),
                attribute.apply("time").map(text -> time(prefix + "time", text)));
    }

    private static String required(String prefix, String name, Function<String, Optional<String>> attribute) {
        return attribute
                .apply(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() ->
                        BadEventException.missing(prefix + name, "must be given as CloudEvents " + VERSION + " says"));
    }

    private static Instant time(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw BadEventException.wrong(field, text, "must be a time as 2026-01-31T12:00:00Z (RFC 3339)");
        }
    }
}
