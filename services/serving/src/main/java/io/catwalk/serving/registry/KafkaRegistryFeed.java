package io.catwalk.serving.registry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.Topics;
import io.catwalk.events.UngroupedReading;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.serving.registry.TableReader.Timing;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the registry's topics while the service runs, and decisions that those topics lost from the label journals.
 */
@Singleton
public class KafkaRegistryFeed implements RegistryFeed {
    private static final Duration POLL = Duration.ofMillis(500);
    /** For describing topics; shutdown waits for it. */
    private static final int TIMEOUT_MILLIS = 5_000;

    private final Map<String, Object> broker;
    private final TableReader reader;
    private final JournalFeed journals;

    public KafkaRegistryFeed(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            RegistryConfig config,
            EventDecoder decoder,
            Topics topics,
            ModelRegistry registry,
            ObjectStore store,
            EventMetrics metrics) {
        this.broker = broker;
        RegistryTables tables = new RegistryTables(decoder, topics, registry, metrics::count);
        this.journals = new JournalFeed(new RegistryJournals(store, registry), registry, config.retry());
        this.reader = new TableReader(
                () -> new KafkaConsumer<>(
                        UngroupedReading.settings(broker), new StringDeserializer(), new ByteArrayDeserializer()),
                tables.names(),
                this::topicIds,
                tables,
                journals::poll,
                new Timing(POLL, config.retry(), config.refresh()));
    }

    void start(@Observes StartupEvent event) {
        journals.start();
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) {
        reader.close();
        journals.close();
    }

    @Override
    public boolean caughtUp() {
        return reader.caughtUp() && journals.complete();
    }

    @Override
    public Optional<String> trouble() {
        return reader.trouble().or(journals::trouble);
    }

    private Map<String, Uuid> topicIds(List<String> topics) {
        try (Admin admin = Admin.create(adminConfig(broker))) {
            return admin.describeTopics(topics).allTopicNames().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, topic -> topic.getValue().topicId()));
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "can't describe " + topics + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    private static Map<String, Object> adminConfig(Map<String, Object> broker) {
        Map<String, Object> config = new HashMap<>(broker);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        return config;
    }
}
