package io.catwalk.client;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.events.BadEventException;
import io.catwalk.events.DeadLetterHeaders;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumes the services' results from the beginning of their topics. */
public final class EventConsumer implements AutoCloseable {
    private final Topics topics = Topics.unprefixed();
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());
    private final Consumer<String, byte[]> consumer;

    public EventConsumer(String bootstrapServers) {
        this(kafkaConsumer(bootstrapServers));
    }

    EventConsumer(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
        Stream<String> results = EventType.all().stream()
                .filter(type -> !type.isRequest() && type != EventType.INFERENCE_LOGGED)
                .map(topics::nameOf);
        assignFromBeginning(consumer, Stream.concat(results, Stream.of(topics.deadLetters())));
    }

    /** A consumer of committed records, without a group. */
    public static KafkaConsumer<String, byte[]> kafkaConsumer(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Has a consumer read all of these topics from their beginning.
     *
     * @throws PipelineException for a topic that the broker doesn't know
     */
    public static void assignFromBeginning(Consumer<?, ?> consumer, Stream<String> topics) {
        List<TopicPartition> partitions = topics.flatMap(topic -> partitions(consumer, topic))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static Stream<PartitionInfo> partitions(Consumer<?, ?> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        if (partitions.isEmpty()) {
            throw new PipelineException("the broker has no topic " + topic, true);
        }
        return partitions.stream();
    }

    /**
     * The events that came since the last call.
     *
     * @param timeout how long to wait for the first
     * @throws PipelineException for a dead letter, and for an event that can't be read
     */
    public List<Event<?>> poll(Duration timeout) {
        List<Event<?>> events = new ArrayList<>();
        consumer.poll(timeout).forEach(record -> events.add(read(record)));
        return events;
    }

    private Event<?> read(ConsumerRecord<String, byte[]> record) {
        EventType<?> type = topics.typeOf(record.topic()).orElseThrow(() -> deadLetter(record));
        try {
            return decoder.decode(type, record);
        } catch (BadEventException e) {
            throw new PipelineException(
                    "can't read the event at %s-%d, offset %d: %s"
                            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
                    false);
        }
    }

    private static PipelineException deadLetter(ConsumerRecord<String, byte[]> record) {
        String reason = DeadLetterHeaders.text(record, "reason").orElse("no reason given");
        String content = Optional.ofNullable(record.value())
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
        return new PipelineException("a record was refused: " + reason + "\n  " + content, false);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
