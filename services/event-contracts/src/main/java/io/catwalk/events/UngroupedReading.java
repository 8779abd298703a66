package io.catwalk.events;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How topics are read by assignment: in no group, without commits, and only what was committed to them. */
public final class UngroupedReading {
    private UngroupedReading() {}

    /**
     * A consumer's settings. A partition whose records are gone goes on with its first one; a topic that doesn't exist isn't made.
     *
     * @param broker the client's settings, those of its security among them
     * @return a copy, to which more may be added
     */
    public static Map<String, Object> settings(Map<String, Object> broker) {
        Map<String, Object> settings = new HashMap<>(broker);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return settings;
    }
}
