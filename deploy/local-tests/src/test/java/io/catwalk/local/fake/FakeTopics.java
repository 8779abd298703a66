package io.catwalk.local.fake;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.google.protobuf.Message;
import io.catwalk.client.EventProducer;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A fake service's side of the broker. */
final class FakeTopics {
    private final String service;
    private final String bootstrapServers;
    private final Clock clock = Clock.systemUTC();
    private final EventProducer producer;

    FakeTopics(String service, String bootstrapServers) {
        this.service = service;
        this.bootstrapServers = bootstrapServers;
        this.producer = new EventProducer(bootstrapServers);
    }

    <M extends Message> void publish(EventType<M> type, M payload) {
        String id = UUID.randomUUID().toString();
        producer.send(new Event<>(id, "/fake/" + service, type, clock.instant(), payload));
    }

    /** Hands each event to the action, for ever. */
    <M extends Message> void follow(EventType<M> type, Consumer<M> action) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "group.id", service, "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(Set.of(type.topic()));
            EventDecoder decoder = new EventDecoder(clock);
            while (true) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                action.accept(decoder.decode(type, record).payload()));
            }
        }
    }
}
