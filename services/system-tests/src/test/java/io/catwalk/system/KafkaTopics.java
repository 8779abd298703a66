package io.catwalk.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.Message;
import io.catwalk.client.EventConsumer;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A Kafka client of the pipeline, which reads each topic from its beginning. */
public final class KafkaTopics implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String DEAD_LETTERS = "dead-letters";

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<ConsumerRecord<String, byte[]>> heard = new ArrayList<>();
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());

    public KafkaTopics(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = EventConsumer.kafkaConsumer(bootstrapServers);
        EventConsumer.assignFromBeginning(
                consumer, Stream.concat(EventType.all().stream().map(EventType::topic), Stream.of(DEAD_LETTERS)));
    }

    /** Sends a record and returns its partition and offset. */
    public RecordMetadata send(ProducerRecord<String, byte[]> message) {
        byte[] key = message.key() == null ? null : message.key().getBytes(UTF_8);
        return sendAll(List.of(new ProducerRecord<>(
                        message.topic(), message.partition(), key, message.value(), message.headers())))
                .getFirst();
    }

    /** Sends records of any bytes and returns their partitions and offsets. */
    public List<RecordMetadata> sendAll(List<ProducerRecord<byte[], byte[]>> messages) {
        List<Future<RecordMetadata>> sent =
                messages.stream().map(producer::send).toList();
        producer.flush();
        return sent.stream().map(Future::resultNow).toList();
    }

    /** All events of a type until now, in the order of their partitions, without the records that were refused. */
    public <M extends Message> List<PublishedEvent<M>> of(EventType<M> type) {
        List<ConsumerRecord<String, byte[]>> all = all().toList();
        Set<String> refused = all.stream()
                .filter(message -> message.topic().equals(DEAD_LETTERS))
                .map(letter -> DeadLetter.of(letter).place())
                .collect(Collectors.toSet());
        return all.stream()
                .filter(message -> message.topic().equals(type.topic()))
                .filter(message ->
                        !refused.contains(DeadLetter.place(message.topic(), message.partition(), message.offset())))
                .map(message -> new PublishedEvent<>(decoder.decode(type, message), message))
                .toList();
    }

    /** The first event of a type that is so, once it is there. */
    public <M extends Message> PublishedEvent<M> await(EventType<M> type, Predicate<M> which) {
        return Awaitility.await("no such " + type)
                .atMost(TIMEOUT)
                .pollInterval(POLL)
                .until(
                        () -> of(type).stream()
                                .filter(published -> which.test(published.payload()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The event of a record that has been sent. */
    public <M extends Message> PublishedEvent<M> at(EventType<M> type, RecordMetadata place) {
        return records(type.topic()).stream()
                .filter(message -> message.partition() == place.partition() && message.offset() == place.offset())
                .map(message -> new PublishedEvent<>(decoder.decode(type, message), message))
                .findFirst()
                .orElseThrow();
    }

    public List<DeadLetter> deadLetters() {
        return records(DEAD_LETTERS).stream().map(DeadLetter::of).toList();
    }

    private List<ConsumerRecord<String, byte[]>> records(String topic) {
        return all().filter(message -> message.topic().equals(topic)).toList();
    }

    /** All records until now, in the order of their partitions. */
    public synchronized Stream<ConsumerRecord<String, byte[]>> all() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(heard::add);
        }
        return List.copyOf(heard).stream();
    }

    @Override
    public synchronized void close() {
        producer.close(Duration.ZERO);
        consumer.close();
    }
}
