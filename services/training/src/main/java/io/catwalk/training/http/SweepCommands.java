package io.catwalk.training.http;

import java.util.UUID;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.sweep.SweepPlan;
import io.catwalk.training.sweep.Sweeps;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sends what HTTP asks for sweeps as the events that anybody may send, as {@link RunCommands} does for runs. */
@Singleton
class SweepCommands {
    private final Sweeps sweeps;
    private final JobRequests requests;

    @Inject
    SweepCommands(Sweeps sweeps, JobRequests requests) {
        this.sweeps = sweeps;
        this.requests = requests;
    }

    /**
     * Asks for a sweep.
     *
     * @param body the request as JSON
     * @return what it comes to, under a new id where the body has none
     * @throws BadEventException naming the field, its value and what it must be
     * @throws BadInputException when its trials can't be made, naming the parameter or the trial
     * @throws ConflictingRequestException when the id belongs to another request
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it soon
     */
    SweepPlan sweep(byte[] body) throws InterruptedException {
        String eventId = UUID.randomUUID().toString();
        SweepRequested request = EventJson.read(EventType.SWEEP_REQUESTED, body);
        SweepRequested named = request.getSweepId().isEmpty()
                ? request.toBuilder().setSweepId(eventId).build()
                : request;
        EventType.SWEEP_REQUESTED.check(named);
        SweepPlan plan = SweepPlan.checked(named, named.getSweepId());
        requests.ask(sweeps.jobs(), EventType.SWEEP_REQUESTED, eventId, named);
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
        Inputs.requirePaths("sweepId", asked.getSweepId(), sweepId);
        requests.send(
                EventType.SWEEP_CANCEL_REQUESTED,
                UUID.randomUUID().toString(),
                asked.toBuilder().setSweepId(sweepId.value()).build());
    }
}
