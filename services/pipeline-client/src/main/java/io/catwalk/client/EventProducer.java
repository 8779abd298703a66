package io.catwalk.client;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes events, as requests are. */
public final class EventProducer implements AutoCloseable {
    private final EventEncoder encoder = new EventEncoder(Topics.unprefixed());
    private final KafkaProducer<String, byte[]> producer;
    private final String source;
    private final Clock clock;

    /** @param source of the events, a URI reference as {@code /shop/orders} */
    public EventProducer(String bootstrapServers, String source, Clock clock) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
        this.source = source;
        this.clock = clock;
    }

    /**
     * Publishes an event under a new id, and returns when the broker has acknowledged it.
     *
     * @throws PipelineException when it doesn't
     */
    public <M extends Message> void send(EventType<M> type, M payload) {
        Event<M> event = new Event<>(UUID.randomUUID().toString(), source, type, clock.instant(), payload);
        try {
            producer.send(encoder.encode(event)).get();
        } catch (ExecutionException e) {
            throw new PipelineException(
                    type.topic() + " was not taken: " + e.getCause().getMessage(), true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
