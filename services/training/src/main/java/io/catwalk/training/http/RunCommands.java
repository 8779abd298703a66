package io.catwalk.training.http;

import java.time.Clock;
import java.util.UUID;

import io.catwalk.chassis.events.BrokerUnavailableException;
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

/** Sends what HTTP asks for as the events that anybody may send: there is one way in. */
@Singleton
class RunCommands {
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
     * @throws BadEventException naming the field, its value and what it must be
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it soon
     */
    String train(byte[] body) throws InterruptedException {
        String eventId = UUID.randomUUID().toString();
        TrainingRequested request = EventJson.read(EventType.TRAINING_REQUESTED, body);
        TrainingRequested named = request.getRunId().isEmpty()
                ? request.toBuilder().setRunId(eventId).build()
                : request;
        publisher.sendNow(new Event<>(eventId, source, EventType.TRAINING_REQUESTED, clock.instant(), named));
        return named.getRunId();
    }

    /**
     * Asks for a run's end.
     *
     * @param body {@code {"reason": ".."}}, or empty
     * @throws BadEventException as {@link #train} throws it
     * @throws BrokerUnavailableException as {@link #train} throws it
     */
    void cancel(Name runId, byte[] body) throws InterruptedException {
        TrainingCancelRequested asked = body.length == 0
                ? TrainingCancelRequested.getDefaultInstance()
                : EventJson.read(EventType.TRAINING_CANCEL_REQUESTED, body);
        TrainingCancelRequested request =
                asked.toBuilder().setRunId(runId.value()).build();
        String eventId = UUID.randomUUID().toString();
        publisher.sendNow(new Event<>(eventId, source, EventType.TRAINING_CANCEL_REQUESTED, clock.instant(), request));
    }
}
