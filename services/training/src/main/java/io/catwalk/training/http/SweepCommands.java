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
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.sweep.SweepPlan;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sends what HTTP asks for sweeps as the events that anybody may send, as {@link RunCommands} does for runs. */
@Singleton
class SweepCommands {
    private final EventPublisher publisher;
    private final String source;
    private final Clock clock;

    @Inject
    SweepCommands(EventPublisher publisher, Node node, Clock clock) {
        this.publisher = publisher;
        this.source = node.eventSource();
        this.clock = clock;
    }

    /**
     * Asks for a sweep.
     *
     * @param body the request as JSON
     * @return what it comes to, under a new id where the body has none
     * @throws BadEventException naming the field, its value and what it must be
     * @throws IllegalArgumentException when its trials can't be made, naming the parameter or the trial
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it soon
     */
    SweepPlan sweep(byte[] body) throws InterruptedException {
        String eventId = UUID.randomUUID().toString();
        SweepRequested request = EventJson.read(EventType.SWEEP_REQUESTED, body);
        SweepRequested named = request.getSweepId().isEmpty()
                ? request.toBuilder().setSweepId(eventId).build()
                : request;
        var event = new Event<>(eventId, source, EventType.SWEEP_REQUESTED, clock.instant(), named);
        SweepPlan plan = SweepPlan.of(named, named.getSweepId());
        publisher.sendNow(event);
        return plan;
    }

    /**
     * Asks for a sweep's end.
     *
     * @param body {@code {"reason": ".."}}, or empty
     * @throws BadEventException as {@link #sweep} throws it
     * @throws BrokerUnavailableException as {@link #sweep} throws it
     */
    void cancel(Name sweepId, byte[] body) throws InterruptedException {
        SweepCancelRequested asked = body.length == 0
                ? SweepCancelRequested.getDefaultInstance()
                : EventJson.read(EventType.SWEEP_CANCEL_REQUESTED, body);
        SweepCancelRequested request =
                asked.toBuilder().setSweepId(sweepId.value()).build();
        String eventId = UUID.randomUUID().toString();
        publisher.sendNow(new Event<>(eventId, source, EventType.SWEEP_CANCEL_REQUESTED, clock.instant(), request));
    }
}
