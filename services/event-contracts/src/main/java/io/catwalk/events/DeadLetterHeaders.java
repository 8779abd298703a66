package io.catwalk.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The headers of a dead letter that say which record was refused and why. SmallRye Reactive Messaging names them so. */
public final class DeadLetterHeaders {
    /** All their names begin with it. */
    public static final String PREFIX = "dead-letter-";

    private DeadLetterHeaders() {}

    /**
     * A header's text.
     *
     * @param name without the prefix, as {@code reason}
     */
    public static Optional<String> text(ConsumerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(PREFIX + name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }
}
