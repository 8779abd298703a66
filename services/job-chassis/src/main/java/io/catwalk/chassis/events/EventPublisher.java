package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.UnknownEntryException;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Publishes events, each to its own topic. While the broker is away, what waits for it is bounded, see {@link InFlightLimit}:
 * beyond that a call fails at once.
 */
@ApplicationScoped
public class EventPublisher implements EventSink {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Emitter<byte[]> channel;
    private final EventEncoder encoder;
    private final EventMetrics metrics;
    private final Clock clock;
    private final String source;
    private final InFlightLimit room = new InFlightLimit();

    @Inject
    EventPublisher(
            @Channel("events") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = InFlightLimit.SLOTS)
                    Emitter<byte[]> channel,
            Topics topics,
            EventMetrics metrics,
            Clock clock,
            Node node) {
        this.channel = channel;
        this.encoder = new EventEncoder(topics);
        this.metrics = metrics;
        this.clock = clock;
        this.source = node.eventSource();
    }

    /** Completed when the broker has acknowledged it; failed when it may not have it. */
    private CompletionStage<Void> send(Event<?> event) {
        ProducerRecord<String, byte[]> record = encoder.encode(event);
        byte[] key = record.key() == null ? null : record.key().getBytes(UTF_8);
        return publish(new ProducerRecord<>(record.topic(), null, key, record.value(), record.headers()))
                .thenRun(() -> metrics.count(record.topic(), "published"));
    }

    /** Publishes a record that may be no event. */
    CompletionStage<Void> publish(ProducerRecord<byte[], byte[]> record) {
        int bytes = record.value() == null ? 0 : record.value().length;
        if (!room.enter(bytes)) {
            return CompletableFuture.failedStage(
                    new BrokerUnavailableException("too many records wait for the broker's acknowledgement"));
        }
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        acknowledged.whenComplete((done, failure) -> room.leave(bytes));
        try {
            channel.send(message(record, acknowledged));
        } catch (IllegalStateException e) {
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    private static Message<byte[]> message(
            ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> acknowledged) {
        return Message.of(record.value())
                .addMetadata(OutgoingKafkaRecordMetadata.<byte[]>builder()
                        .withTopic(record.topic())
                        .withKey(record.key())
                        .withHeaders(record.headers())
                        .build())
                .withAck(() -> {
                    acknowledged.complete(null);
                    return CompletableFuture.completedFuture(null);
                })
                .withNack(failure -> {
                    acknowledged.completeExceptionally(failure);
                    return CompletableFuture.completedFuture(null);
                });
    }

    /**
     * Publishes a request of this service and waits for the broker's acknowledgement.
     *
     * @throws BadEventException for a payload that breaks its type's rules
     * @throws BrokerUnavailableException without an acknowledgement in time
     */
    public <M extends com.google.protobuf.Message> void publishNow(String id, EventType<M> type, M payload)
            throws InterruptedException {
        await(id, send(new Event<>(id, source, type, clock.instant(), payload)));
    }

    /**
     * Publishes an event of a journal and waits for the broker's acknowledgement.
     *
     * @throws BrokerUnavailableException without an acknowledgement in time
     */
    public void publishNow(String id, io.catwalk.journal.Event event) throws InterruptedException {
        await(id, publish(id, event));
    }

    /** An event of this service. */
    @Override
    public CompletionStage<?> publish(String id, io.catwalk.journal.Event event) {
        return send(typed(id, event));
    }

    @Override
    public boolean knows(io.catwalk.journal.Event event) {
        try {
            typed(event.type(), event);
            return true;
        } catch (UnknownEntryException e) {
            return false;
        }
    }

    private Event<?> typed(String id, io.catwalk.journal.Event event) {
        EventType<?> type = Topics.unprefixed()
                .typeOf(event.type())
                .orElseThrow(() -> new UnknownEntryException("this release knows no event " + event.type()));
        try {
            return Event.fromJson(id, source, type, event.time(), event.body());
        } catch (BadEventException e) {
            throw new UnknownEntryException("this release can't read %s: %s".formatted(id, e.getMessage()), e);
        }
    }

    private static void await(String id, CompletionStage<?> acknowledged) throws InterruptedException {
        try {
            acknowledged.toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BrokerUnavailableException("the broker has not acknowledged " + id, e);
        }
    }
}
