package io.catwalk.history.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Which records were refused, and how many of each topic. */
public final class DeadLetters {
    private static final String PREFIX = "dead-letter-";

    private final Set<String> places = new HashSet<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** @param prefix of the installation's topics */
    void add(ConsumerRecord<byte[], byte[]> letter, String prefix) {
        String topic = header(letter, "topic").orElse("");
        String name = topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
        counts.merge(name.isEmpty() ? "an unnamed topic" : name, 1L, Long::sum);
        places.add(name + "-" + header(letter, "partition").orElse("?") + "@"
                + header(letter, "offset").orElse("?"));
    }

    public boolean hold(TopicRecord record) {
        return places.contains(record.place());
    }

    /** By the refused records' topics. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(PREFIX + name))
                .map(Header::value)
                .map(value -> new String(value, UTF_8));
    }
}
