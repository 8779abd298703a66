package io.catwalk.client;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

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

    /**
     * Publishes events, many at a time, and returns when the broker has acknowledged all.
     *
     * @throws PipelineException when it doesn't; others may have been taken
     */
    public void sendAll(Iterator<Event<?>> events) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        while (events.hasNext() && failure.get() == null) {
            producer.send(encoder.encode(events.next()), (metadata, error) -> failure.compareAndSet(null, error));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new PipelineException(
                    "an event was not taken: " + failure.get().getMessage(), true);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
