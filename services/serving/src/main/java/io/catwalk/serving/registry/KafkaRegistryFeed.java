package io.catwalk.serving.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.chassis.events.EventMetrics;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.Topics;
import io.catwalk.serving.registry.TableReader.Timing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the registry's topics from the broker for as long as the service runs. */
@Singleton
public class KafkaRegistryFeed implements RegistryFeed {
    private static final Duration POLL = Duration.ofMillis(500);

    private final TableReader reader;

    public KafkaRegistryFeed(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            RegistryConfig config,
            EventDecoder decoder,
            Topics topics,
            ModelRegistry registry,
            EventMetrics metrics) {
        RegistryTables tables = new RegistryTables(decoder, topics, registry, metrics::count);
        this.reader = new TableReader(
                () -> new KafkaConsumer<>(
                        consumerConfig(broker), new StringDeserializer(), new ByteArrayDeserializer()),
                tables.names(),
                tables,
                registry::announce,
                new Timing(POLL, config.retry(), config.refresh()));
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
    }

    @Override
    public boolean caughtUp() {
        return reader.caughtUp();
    }

    @Override
    public Optional<String> trouble() {
        return reader.trouble();
    }

    private static Map<String, Object> consumerConfig(Map<String, Object> broker) {
        Map<String, Object> config = new HashMap<>(broker);
        config.remove(ConsumerConfig.GROUP_ID_CONFIG);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return config;
    }
}
