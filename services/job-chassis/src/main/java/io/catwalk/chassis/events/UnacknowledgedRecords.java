package io.catwalk.chassis.events;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

import io.catwalk.chassis.topics.EventsConfig;
import io.catwalk.events.Topics;
import io.catwalk.supervision.Supervisor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code catwalk_events_unacknowledged{topic}}: the records of a topic, named without the installation's prefix, that the
 * service's group hasn't acknowledged, over all partitions and all members of the group, so each replica shows the same. Not a
 * number while the broker doesn't answer. A topic that is read but doesn't exist makes the service unready.
 */
@Readiness
@ApplicationScoped
class UnacknowledgedRecords implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(UnacknowledgedRecords.class);

    private final KafkaClientService clients;
    private final Config config;
    private final Topics topics;
    private final MeterRegistry registry;
    private final Duration distance;
    private final Map<String, Double> counts = new ConcurrentHashMap<>();
    private final Set<String> missing = new ConcurrentSkipListSet<>();
    private volatile Optional<Thread> thread = Optional.empty();

    @Inject
    UnacknowledgedRecords(
            KafkaClientService clients, Config config, Topics topics, MeterRegistry registry, EventsConfig events) {
        this.clients = clients;
        this.config = config;
        this.topics = topics;
        this.registry = registry;
        this.distance = events.unacknowledgedRefresh();
    }

    void start(@Observes StartupEvent event) {
        if (!clients.getConsumerChannels().isEmpty()) {
            thread = Optional.of(Supervisor.ofProcess().start("unacknowledged-records", this::poll));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        thread.ifPresent(Thread::interrupt);
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("topics").status(missing.isEmpty());
        missing.forEach(topic -> response.withData(topic, "doesn't exist"));
        return response.build();
    }

    private void poll() throws InterruptedException {
        Set<String> read = clients.getConsumerChannels().stream()
                .map(channel -> config.getValue("mp.messaging.incoming." + channel + ".topic", String.class))
                .collect(Collectors.toUnmodifiableSet());
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Unacknowledged unacknowledged = new Unacknowledged(consumer);
            while (true) {
                read.forEach(topic -> lookAt(unacknowledged, topic));
                Thread.sleep(distance);
            }
        }
    }

    private void lookAt(Unacknowledged unacknowledged, String topic) {
        OptionalLong count;
        try {
            count = unacknowledged.of(topic);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.warn("can't count the unacknowledged records of {}: {}", topic, e.getMessage());
            show(topic, Double.NaN);
            return;
        }
        if (count.isPresent()) {
            missing.remove(topic);
        } else {
            missing.add(topic);
        }
        show(topic, count.isPresent() ? count.getAsLong() : Double.NaN);
    }

    private void show(String topic, double count) {
        if (counts.put(topic, count) == null) {
            Gauge.builder("catwalk.events.unacknowledged", counts, all -> all.get(topic))
                    .description("Records of a topic that the service's group has not acknowledged")
                    .tag("topic", topics.typeOf(topic).map(type -> type.topic()).orElse(topic))
                    .register(registry);
        }
    }

    /** Those of the service's own readers, for a reader that joins no group and commits nothing. */
    private Map<String, Object> settings() {
        String channel = clients.getConsumerChannels().iterator().next();
        Map<String, ?> readers = clients.getConsumer(channel).configuration();
        Map<String, Object> settings = new HashMap<>();
        ConsumerConfig.configNames().stream()
                .filter(readers::containsKey)
                .forEach(name -> settings.put(name, readers.get(name)));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "unacknowledged-records");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        return settings;
    }
}
