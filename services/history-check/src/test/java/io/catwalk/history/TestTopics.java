package io.catwalk.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.EventSink;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of one installation, as its services, its consumers and its broker's retention leave them. */
final class TestTopics implements EventSink, AutoCloseable {
    private final String servers;
    private final Topics topics;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;

    /** @param topics those that events go to */
    TestTopics(String servers, Topics topics) {
        this.servers = servers;
        this.topics = topics;
        this.admin = Admin.create(config());
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    Topics topics() {
        return topics;
    }

    Map<String, Object> config() {
        return Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    }

    /** As a service publishes it. */
    @Override
    public CompletionStage<?> publish(String id, io.catwalk.journal.Event event) {
        EventType<?> type = Topics.unprefixed().typeOf(event.type()).orElseThrow();
        return send(Event.fromJson(id, "/catwalk/test", type, event.time(), event.body()));
    }

    CompletionStage<?> send(Event<?> event) {
        return send(new EventEncoder(topics).encode(event));
    }

    CompletionStage<?> send(ProducerRecord<String, byte[]> record) {
        CompletableFuture<Object> acknowledged = new CompletableFuture<>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                acknowledged.complete(metadata);
            } else {
                acknowledged.completeExceptionally(failure);
            }
        });
        return acknowledged;
    }

    /** A consumer group is done with the records before an offset of a topic's only partition. */
    void acknowledge(String group, EventType<?> type, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group, Map.of(new TopicPartition(topics.nameOf(type), 0), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    /** As retention does. */
    void deleteBefore(EventType<?> type, long offset) throws Exception {
        admin.deleteRecords(Map.of(new TopicPartition(topics.nameOf(type), 0), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    /** Creates all topics, with one partition each. */
    void create() throws Exception {
        admin.createTopics(names().map(name -> new NewTopic(name, 1, (short) 1)).toList())
                .all()
                .get();
    }

    /** All records, by the topics' names without prefix. */
    Map<String, List<ConsumerRecord<byte[], byte[]>>> read() {
        Map<String, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    names().map(name -> new TopicPartition(name, 0)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> records.computeIfAbsent(
                                        record.topic().substring(topics.prefix().length()), name -> new ArrayList<>())
                                .add(record));
            }
        }
        return records;
    }

    /** Sends records to a topic, named without prefix, as they are. */
    void copy(List<ConsumerRecord<byte[], byte[]>> records, String topic) {
        List<CompletionStage<?>> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String key = record.key() == null ? null : new String(record.key(), UTF_8);
            Long timestamp = record.timestamp() < 0 ? null : record.timestamp();
            sent.add(send(new ProducerRecord<>(
                    topics.prefix() + topic, 0, timestamp, key, record.value(), record.headers())));
        }
        sent.forEach(one -> one.toCompletableFuture().join());
    }

    private Stream<String> names() {
        return Stream.concat(EventType.all().stream().map(topics::nameOf), Stream.of(topics.deadLetters()));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
