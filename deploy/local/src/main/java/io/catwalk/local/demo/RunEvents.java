package io.catwalk.local.demo;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.Message;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.local.TaskFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The services' events from the beginning of the topics. */
final class RunEvents implements AutoCloseable {
    /** As the services name it. */
    private static final String DEAD_LETTER_REASON = "dead-letter-reason";

    private final Topics topics = Topics.unprefixed();
    private final Consumer<String, byte[]> consumer;
    private final EventDecoder decoder;

    private RunEvents(Consumer<String, byte[]> consumer, EventDecoder decoder) {
        this.consumer = consumer;
        this.decoder = decoder;
    }

    static RunEvents follow(String bootstrapServers, Clock clock) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        return of(new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()), clock);
    }

    /** @param consumer closed with the events */
    static RunEvents of(Consumer<String, byte[]> consumer, Clock clock) {
        RunEvents events = new RunEvents(consumer, new EventDecoder(clock));
        List<TopicPartition> partitions = events.topicNames()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return events;
    }

    private Stream<String> topicNames() {
        Stream<String> facts =
                EventType.all().stream().filter(type -> !type.isRequest()).map(topics::nameOf);
        return Stream.concat(facts, Stream.of(topics.deadLetters()));
    }

    /**
     * The payloads of the events that came since the last call, waiting for the first.
     *
     * @throws TaskFailedException when a record went to the dead letters, or an event can't be read
     */
    List<Message> next(Duration wait) {
        List<Message> events = new ArrayList<>();
        consumer.poll(wait).forEach(record -> events.add(read(record)));
        return events;
    }

    private Message read(ConsumerRecord<String, byte[]> record) {
        EventType<?> type = topics.typeOf(record.topic()).orElseThrow(() -> deadLetter(record));
        try {
            return decoder.decode(type, record).payload();
        } catch (BadEventException e) {
            throw new TaskFailedException("can't read the event at %s-%d, offset %d: %s"
                    .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()));
        }
    }

    private static TaskFailedException deadLetter(ConsumerRecord<String, byte[]> record) {
        String reason = Optional.ofNullable(record.headers().lastHeader(DEAD_LETTER_REASON))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .orElse("no reason given");
        String content = Optional.ofNullable(record.value())
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .orElse("");
        return new TaskFailedException("a record was refused: " + reason + "\n  " + content);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
