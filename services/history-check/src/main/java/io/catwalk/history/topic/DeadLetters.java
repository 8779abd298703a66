package io.catwalk.history.topic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.catwalk.events.DeadLetterHeaders;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records were refused, and how many of each topic. */
public final class DeadLetters {
    private final Set<String> places = new HashSet<>();
    private final Map<String, Long> counts = new HashMap<>();

    /** @param prefix of the installation's topics */
    void add(ConsumerRecord<byte[], byte[]> letter, String prefix) {
        String topic = DeadLetterHeaders.text(letter, "topic").orElse("");
        String name = topic.startsWith(prefix) ? topic.substring(prefix.length()) : topic;
        counts.merge(name.isEmpty() ? "an unnamed topic" : name, 1L, Long::sum);
        places.add(name + "-" + DeadLetterHeaders.text(letter, "partition").orElse("?") + "@"
                + DeadLetterHeaders.text(letter, "offset").orElse("?"));
    }

    public boolean hold(TopicRecord record) {
        return places.contains(record.place());
    }

    /** By the refused records' topics. */
    public Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
