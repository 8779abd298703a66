package io.catwalk.events;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the topics: each event's own, after a prefix that lets two installations share a broker.
 *
 * @param prefix Kafka's topic characters, at most 64, as {@code staging.}; empty for none
 */
public record Topics(String prefix) {
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String PREFIX = "[a-zA-Z0-9._-]{0,64}";
    private static final Pattern COMPILED = Pattern.compile(PREFIX);

    /** @throws IllegalArgumentException for a prefix that a topic's name can't begin with */
    public Topics {
        if (!COMPILED.matcher(prefix).matches()) {
            throw new IllegalArgumentException("topic prefix is " + ShownValue.of(prefix) + ", must match " + PREFIX);
        }
    }

    public static Topics unprefixed() {
        return new Topics("");
    }

    public String nameOf(EventType<?> type) {
        return prefix + type.topic();
    }

    /** Where records go that no consumer can read, with the reason. */
    public String deadLetters() {
        return prefix + DEAD_LETTERS;
    }

    /** The event that a topic holds; empty for a topic of somebody else. */
    public Optional<EventType<?>> typeOf(String topic) {
        return EventType.all().stream()
                .filter(type -> nameOf(type).equals(topic))
                .findFirst();
    }
}
