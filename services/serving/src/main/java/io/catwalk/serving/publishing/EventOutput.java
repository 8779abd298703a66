package io.catwalk.serving.publishing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.supervision.Supervisor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events, each to its own topic, in the order in which they were sent. Sending never waits: what isn't acknowledged
 * yet is bounded for each topic, so that none can take another's room, and beyond that an event is dropped and counted.
 */
public final class EventOutput implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventOutput.class);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> connect;
    private final EventEncoder encoder;
    private final Topics topics;
    private final EventMetrics metrics;
    private final PublishingConfig limits;
    private final Map<EventType<?>, Room> rooms = new ConcurrentHashMap<>();
    /** Bounded by the rooms; empty for the end. */
    private final BlockingQueue<Optional<Event<?>>> waiting = new LinkedBlockingQueue<>();

    private final Thread thread;
    private Optional<Producer<String, byte[]>> producer = Optional.empty();

    /** @param connect called once, for the first event */
    public EventOutput(
            Supplier<Producer<String, byte[]>> connect, Topics topics, EventMetrics metrics, PublishingConfig limits) {
        this.connect = connect;
        this.encoder = new EventEncoder(topics);
        this.topics = topics;
        this.metrics = metrics;
        this.limits = limits;
        this.thread = Supervisor.ofProcess().start("event-output", this::run);
    }

    /** @return false for an event that was dropped, as too many of its topic wait */
    public boolean send(Event<?> event) {
        if (!room(event).enter(event.payload().getSerializedSize())) {
            metrics.count(topics.nameOf(event.type()), "dropped");
            return false;
        }
        return waiting.add(Optional.of(event));
    }

    /** Sends what waits, for a while. */
    @Override
    public void close() {
        waiting.add(Optional.empty());
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() throws InterruptedException {
        Optional<Event<?>> next = waiting.take();
        while (next.isPresent()) {
            publish(next.get());
            next = waiting.take();
        }
        producer.ifPresent(open -> open.close(CLOSE));
    }

    private void publish(Event<?> event) {
        ProducerRecord<String, byte[]> record = encoder.encode(event);
        try {
            producer().send(record, (metadata, failure) -> ended(event, Optional.ofNullable(failure)));
        } catch (KafkaException | IllegalStateException e) {
            ended(event, Optional.of(e));
        }
    }

    private void ended(Event<?> event, Optional<Exception> failure) {
        room(event).leave(event.payload().getSerializedSize());
        String topic = topics.nameOf(event.type());
        metrics.count(topic, failure.isPresent() ? "failed" : "published");
        failure.ifPresent(e -> LOG.warn("{} {} isn't published: {}", topic, event.id(), e.toString()));
    }

    private Producer<String, byte[]> producer() {
        if (producer.isEmpty()) {
            producer = Optional.of(connect.get());
        }
        return producer.get();
    }

    private Room room(Event<?> event) {
        return rooms.computeIfAbsent(
                event.type(), type -> new Room(limits.maxWaitingEvents(), limits.maxWaitingBytes()));
    }
}
