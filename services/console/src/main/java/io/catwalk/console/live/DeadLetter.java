package io.catwalk.console.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

import io.catwalk.events.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that a service refused.
 *
 * @param id where it stands among the dead letters, as {@code 0-17}
 * @param topic the refused record's, before any prefix
 * @param place the refused record's, as {@code training-requested-2@17}
 * @param reason in the service's words
 * @param value the record's, as text, at most 8192 characters
 * @param whole whether the value is all of it, and text
 */
public record DeadLetter(
        String id, String topic, String place, String reason, String value, boolean whole, Instant time) {
    private static final int MOST_CHARACTERS = 8192;

    static DeadLetter of(ConsumerRecord<byte[], byte[]> letter, String prefix) {
        String topic = DeadLetterHeaders.text(letter, "topic").orElse("");
        String value = letter.value() == null ? "" : new String(letter.value(), UTF_8);
        boolean whole = value.length() <= MOST_CHARACTERS
                && DeadLetterHeaders.text(letter, "value-length").isEmpty()
                && value.stripLeading().startsWith("{");
        return new DeadLetter(
                letter.partition() + "-" + letter.offset(),
                topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic,
                topic + "-" + DeadLetterHeaders.text(letter, "partition").orElse("?") + "@"
                        + DeadLetterHeaders.text(letter, "offset").orElse("?"),
                DeadLetterHeaders.text(letter, "reason").orElse("no reason is given"),
                value.length() <= MOST_CHARACTERS ? value : value.substring(0, MOST_CHARACTERS),
                whole,
                Instant.ofEpochMilli(letter.timestamp()));
    }
}
