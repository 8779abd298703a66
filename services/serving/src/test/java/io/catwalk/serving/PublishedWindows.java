package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The events {@code serving-window} of one replica, as they lie in the topic. */
record PublishedWindows(List<ServingWindow> all) {
    private static final String TOPIC = EventType.SERVING_WINDOW.topic();

    /** Reads the topic to its end. */
    static PublishedWindows read(String bootstrapServers) {
        List<ServingWindow> windows = new ArrayList<>();
        EventDecoder decoder = new EventDecoder(Clock.systemUTC());
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> windows.add(window(decoder, record)));
            }
        }
        return new PublishedWindows(List.copyOf(windows));
    }

    private static ServingWindow window(EventDecoder decoder, ConsumerRecord<String, byte[]> record) {
        Event<ServingWindow> event = decoder.decode(EventType.SERVING_WINDOW, record);
        ServingWindow window = event.payload();
        assertThat(record.key()).isEqualTo(window.getModel());
        assertThat(event.id()).isEqualTo(window.getReplica() + "/" + window.getModel() + "/" + window.getSequence());
        return window;
    }

    /** Requires that none is missing or twice, that each begins where the one before ended, and that figures fit together. */
    PublishedWindows requireWhole() {
        assertThat(all).isNotEmpty();
        assertThat(all)
                .extracting(ServingWindow::getReplica)
                .containsOnly(all.getFirst().getReplica());
        assertThat(all)
                .extracting(ServingWindow::getSequence)
                .containsExactlyElementsOf(
                        LongStream.range(0, all.size()).boxed().toList());
        assertThat(all.stream().filter(ServingWindow::getLast)).containsOnly(all.getLast());
        versions().forEach(version -> {
            List<Long> counts = version.getLatency().getCountsList();
            assertThat(counts).hasSize(version.getLatency().getEdgesCount() + 1);
            assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(version.getRequests());
            assertThat(version.getErrors()).isBetween(0L, version.getRequests());
            assertThat(version.getDisagreements()).isBetween(0L, version.getCompared());
        });
        return this;
    }

    /** Whether each begins when the one before ended. */
    boolean adjacent() {
        return LongStream.range(1, all.size())
                .allMatch(next -> all.get((int) next)
                        .getStart()
                        .equals(all.get((int) next - 1).getEnd()));
    }

    /** How many ended between two times. */
    long endedBetween(Instant from, Instant to) {
        return all.stream()
                .map(ServingWindow::getEnd)
                .map(end -> Instant.ofEpochSecond(end.getSeconds(), end.getNanos()))
                .filter(end -> end.isAfter(from) && end.isBefore(to))
                .count();
    }

    /** The sum of a figure of a version under a label. */
    long sum(String label, long version, ToLongFunction<VersionWindow> figure) {
        return versions()
                .filter(window -> window.getLabel().equals(label) && window.getVersion() == version)
                .mapToLong(figure)
                .sum();
    }

    Stream<VersionWindow> versions() {
        return all.stream().flatMap(window -> window.getVersionsList().stream());
    }
}
