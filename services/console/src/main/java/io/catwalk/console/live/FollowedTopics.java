package io.catwalk.console.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.console.ConsoleConfig;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.events.UngroupedReading;
import io.catwalk.supervision.Supervisor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads facts and dead letters as they come, in no group, from a little before their topics' ends: enough for a page that opens
 * now. A broker that is away is asked again until it answers; pages say since when they heard nothing.
 */
@Singleton
public class FollowedTopics {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedTopics.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(3);
    /** Between two looks whether there are more topics and partitions. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int MAX_FETCH_BYTES = 4 << 20;
    /** Each of them may be a megabyte, or come a thousand times a second. */
    private static final Set<EventType<?>> TOO_MANY = Set.of(EventType.INFERENCE_LOGGED, EventType.SERVING_WINDOW);

    private final Map<String, Object> settings;
    private final Topics topics;
    private final EventDecoder decoder;
    private final RecentEvents recent;
    private final Clock clock;
    private final int kept;
    /** Where reading goes on after an error. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    private final Thread thread = Supervisor.ofProcess().unstarted("followed-topics", this::run);

    FollowedTopics(
            @Identifier("default-kafka-broker") Map<String, Object> broker,
            Topics topics,
            EventDecoder decoder,
            RecentEvents recent,
            ConsoleConfig config,
            Clock clock) {
        this.settings = UngroupedReading.settings(broker);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        this.topics = topics;
        this.decoder = decoder;
        this.recent = recent;
        this.clock = clock;
        this.kept = config.live().kept();
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        thread.interrupt();
    }

    private void run() throws InterruptedException {
        while (true) {
            try (Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                follow(consumer);
            } catch (InterruptException e) {
                Thread.interrupted();
                throw new InterruptedException();
            } catch (KafkaException e) {
                LOG.warn("can't read the topics: {}", e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
    }

    private void follow(Consumer<byte[], byte[]> consumer) {
        Instant looked = Instant.MIN;
        while (!Thread.currentThread().isInterrupted()) {
            if (looked.plus(LOOK).isBefore(clock.instant())) {
                assign(consumer);
                looked = clock.instant();
            }
            if (consumer.assignment().isEmpty()) {
                return;
            }
            consumer.poll(POLL).forEach(this::take);
            consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
            recent.heard(clock.instant());
        }
        throw new InterruptException("interrupted");
    }

    private void assign(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = new HashSet<>();
        Set<String> names = names();
        consumer.listTopics().forEach((name, infos) -> {
            if (names.contains(name)) {
                infos.forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
            }
        });
        if (partitions.equals(consumer.assignment())) {
            return;
        }
        consumer.assign(partitions);
        List<TopicPartition> fresh = new ArrayList<>(partitions);
        fresh.removeAll(positions.keySet());
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(fresh);
        consumer.endOffsets(fresh)
                .forEach((partition, end) -> positions.put(partition, Math.max(starts.get(partition), end - kept)));
        partitions.forEach(partition -> consumer.seek(partition, positions.get(partition)));
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(topics.deadLetters()));
        EventType.all().stream()
                .filter(type -> !TOO_MANY.contains(type))
                .map(topics::nameOf)
                .forEach(names::add);
        return names;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topics.deadLetters())) {
            recent.add(DeadLetter.of(record, topics.prefix()));
            return;
        }
        topics.typeOf(record.topic()).ifPresent(type -> {
            try {
                Event<?> event = decoder.decode(type, record);
                recent.add(type.topic(), event.key().orElse(""), event.time(), EventJson.toJson(event.payload()));
            } catch (BadEventException e) {
                LOG.debug("passed over a record of {} that can't be read: {}", record.topic(), e.getMessage());
            }
        });
    }
}
