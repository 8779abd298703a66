package io.catwalk.training.http;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.Message;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.node.Node;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingRequested;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ServiceUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what HTTP asks for as the events that anybody may send: there is one way in. */
@Singleton
class RunCommands {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommands.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventPublisher publisher;
    private final String source;
    private final Clock clock;

    @Inject
    RunCommands(EventPublisher publisher, Node node, Clock clock) {
        this.publisher = publisher;
        this.source = node.eventSource();
        this.clock = clock;
    }

    /**
     * Asks for a run.
     *
     * @param body the request as JSON
     * @return the run's id, a new one where the body has none
     * @throws BadRequestException naming the field, its value and what it must be
     */
    String train(byte[] body) {
        String eventId = UUID.randomUUID().toString();
        try {
            TrainingRequested request = EventJson.read(EventType.TRAINING_REQUESTED, body);
            TrainingRequested named = request.getRunId().isEmpty()
                    ? request.toBuilder().setRunId(eventId).build()
                    : request;
            send(new Event<>(eventId, source, EventType.TRAINING_REQUESTED, clock.instant(), named));
            return named.getRunId();
        } catch (BadEventException e) {
            throw new BadRequestException(e.getMessage());
        }
    }

    /**
     * Asks for a run's end.
     *
     * @param body {@code {"reason": ".."}}, or empty
     * @throws BadRequestException as {@link #train} throws it
     */
    void cancel(Name runId, byte[] body) {
        try {
            TrainingCancelRequested asked = body.length == 0
                    ? TrainingCancelRequested.getDefaultInstance()
                    : EventJson.read(EventType.TRAINING_CANCEL_REQUESTED, body);
            TrainingCancelRequested request =
                    asked.toBuilder().setRunId(runId.value()).build();
            String eventId = UUID.randomUUID().toString();
            send(new Event<>(eventId, source, EventType.TRAINING_CANCEL_REQUESTED, clock.instant(), request));
        } catch (BadEventException e) {
            throw new BadRequestException(e.getMessage());
        }
    }

    private <M extends Message> void send(Event<M> event) {
        try {
            CompletableFuture<Void> acknowledged = publisher.send(event).toCompletableFuture();
            acknowledged.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException | IllegalStateException e) {
            LOG.warn("can't send {}: {}", event.type(), e.getMessage());
            throw new ServiceUnavailableException("the broker didn't acknowledge the request within "
                    + PATIENCE.toSeconds() + " s; it may yet take effect: ask again under the same runId");
        }
    }
}
