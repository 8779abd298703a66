package io.catwalk.serving;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All events of one topic, from its beginning. */
final class Consumed<M extends Message> implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventType<M> type;
    private final KafkaConsumer<String, byte[]> consumer;
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());
    private final List<Event<M>> events = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();

    Consumed(String bootstrapServers, EventType<M> type) {
        this.type = type;
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(type.topic()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Those that have come by now. */
    List<Event<M>> events() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            events.add(decoder.decode(type, record));
            keys.add(record.key());
        }
        return events;
    }

    List<String> keys() {
        return keys;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
