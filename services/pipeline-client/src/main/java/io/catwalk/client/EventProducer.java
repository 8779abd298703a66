package io.catwalk.client;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.Topics;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes events, as requests are. */
public final class EventProducer implements AutoCloseable {
    private final EventEncoder encoder = new EventEncoder(Topics.unprefixed());
    private final KafkaProducer<String, byte[]> producer;

    public EventProducer(String bootstrapServers) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Publishes an event, and returns when the broker has acknowledged it.
     *
     * @throws PipelineException when it doesn't
     */
    public void send(Event<?> event) {
        try {
            producer.send(encoder.encode(event)).get();
        } catch (ExecutionException e) {
            throw new PipelineException(
                    event.type().topic() + " was not taken: " + e.getCause().getMessage(), true);
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
