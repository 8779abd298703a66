package io.catwalk.evaluation.rollout.topic;

import java.util.List;
import java.util.Map;

import io.catwalk.events.UngroupedReading;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A topic that is read by assignment: in no group, without commits, and only what was committed to it. A partition whose records are
 * gone goes on with its first one.
 */
public final class UngroupedTopic {
    private static final Logger LOG = LoggerFactory.getLogger(UngroupedTopic.class);
    private static final int TIMEOUT_MILLIS = 5_000;
    /** Of one answer of a broker. */
    private static final int MAX_FETCH_BYTES = 8 << 20;

    private final Map<String, Object> settings;
    private final String name;

    /**
     * @param broker the client's settings, those of its security among them
     * @param name with the installation's prefix
     */
    public UngroupedTopic(Map<String, Object> broker, String name) {
        this.settings = settings(broker);
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** A consumer without an assignment, which the caller closes. Its calls end after 5 s. */
    public Consumer<byte[], byte[]> open() {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** None where the broker has no such topic. */
    public List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        return consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
    }

    public void close(Consumer<byte[], byte[]> consumer) {
        try {
            consumer.close();
        } catch (KafkaException e) {
            LOG.warn("can't close the reader of {}: {}", name, e.getMessage());
        }
    }

    /** For a client's exception that has set the thread's flag. */
    public static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    private static Map<String, Object> settings(Map<String, Object> broker) {
        Map<String, Object> settings = UngroupedReading.settings(broker);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return settings;
    }
}
