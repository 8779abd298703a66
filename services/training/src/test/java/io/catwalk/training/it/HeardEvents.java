package io.catwalk.training.it;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.catwalk.client.EventConsumer;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All events that were published of runs, repetitions included. */
final class HeardEvents implements AutoCloseable {
    private static final List<EventType<?>> TYPES = List.of(
            EventType.TRAINING_STARTED,
            EventType.EPOCH_COMPLETED,
            EventType.TRAINING_COMPLETED,
            EventType.TRAINING_FAILED,
            EventType.SWEEP_COMPLETED);

    private final KafkaConsumer<String, byte[]> consumer;
    private final EventDecoder decoder = new EventDecoder(Clock.systemUTC());
    private final List<Event<?>> heard = new ArrayList<>();

    HeardEvents(String bootstrapServers) {
        consumer = EventConsumer.kafkaConsumer(bootstrapServers);
        EventConsumer.assignFromBeginning(consumer, TYPES.stream().map(EventType::topic));
    }

    synchronized List<Event<?>> upToNow() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                EventType<?> type = Topics.unprefixed().typeOf(record.topic()).orElseThrow();
                heard.add(decoder.decode(type, record));
            }
        }
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
