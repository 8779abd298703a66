package io.catwalk.serving.publishing;

import java.util.HashMap;
import java.util.Map;

import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The output of events, for injection. It connects with the first event. */
@Singleton
public class PublishingBeans {
    /** For the topic's partitions, which a broker that is away doesn't tell. */
    private static final int MAX_BLOCK_MILLIS = 60_000;
    /** What waits is bounded by its size, not by time: it outlives an outage of the broker. */
    private static final int DELIVERY_MILLIS = Integer.MAX_VALUE;

    @Produces
    @Singleton
    EventOutput output(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Topics topics,
            EventMetrics metrics,
            PublishingConfig limits) {
        return new EventOutput(() -> producer(broker), topics, metrics, limits);
    }

    void close(@Disposes EventOutput output) {
        output.close();
    }

    private static Producer<String, byte[]> producer(Map<String, Object> broker) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }
}
