package io.catwalk.installation.prepare;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The required configuration of a topic.
 *
 * @param retention how long records stay; empty for ever
 */
record PlannedTopic(String name, int partitions, short replicationFactor, Optional<Duration> retention) {
    private static final Set<EventType<?>> TABLES =
            Set.of(EventType.DATASET_READY, EventType.MODEL_PUBLISHED, EventType.MODEL_PROMOTED);

    /** All topics, the dead letters among them. */
    static List<PlannedTopic> all(Topics topics, TopicsConfig config) {
        Stream<PlannedTopic> events = EventType.all().stream()
                .map(type -> TABLES.contains(type) ? table(topics, type, config) : queue(topics, type, config));
        PlannedTopic deadLetters = new PlannedTopic(
                topics.deadLetters(), 1, config.replicationFactor(), Optional.of(config.deadLetterRetention()));
        return Stream.concat(events, Stream.of(deadLetters)).toList();
    }

    private static PlannedTopic table(Topics topics, EventType<?> type, TopicsConfig config) {
        return new PlannedTopic(topics.nameOf(type), 1, config.replicationFactor(), Optional.empty());
    }

    private static PlannedTopic queue(Topics topics, EventType<?> type, TopicsConfig config) {
        Duration retention = type == EventType.INFERENCE_LOGGED ? config.payloadLogRetention() : config.retention();
        return new PlannedTopic(
                topics.nameOf(type), config.partitions(), config.replicationFactor(), Optional.of(retention));
    }

    /** Its settings, by Kafka's names. */
    Map<String, String> settings() {
        return Map.of(
                TopicConfig.RETENTION_MS_CONFIG,
                retention.map(Duration::toMillis).orElse(-1L).toString(),
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                Integer.toString(replicationFactor >= 3 ? replicationFactor - 1 : 1));
    }

    NewTopic toKafka() {
        return new NewTopic(name, partitions, replicationFactor).configs(settings());
    }
}
