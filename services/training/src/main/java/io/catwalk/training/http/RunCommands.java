package io.catwalk.training.http;

import java.util.UUID;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingRequested;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sends what HTTP asks for as the events that anybody may send. */
@Singleton
class RunCommands {
    private final JobService runs;
    private final JobRequests requests;

    @Inject
    RunCommands(JobService runs, JobRequests requests) {
        this.runs = runs;
        this.requests = requests;
    }

    /**
     * Asks for a run.
     *
     * @param body the request as JSON
     * @return the run's id, a new one where the body has none
     * @throws BadEventException naming the field, its value and what it must be
     * @throws ConflictingRequestException when the id belongs to another request
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it soon
     */
    String train(byte[] body) throws InterruptedException {
        String eventId = UUID.randomUUID().toString();
        TrainingRequested request = EventJson.read(EventType.TRAINING_REQUESTED, body);
        TrainingRequested named = request.getRunId().isEmpty()
                ? request.toBuilder().setRunId(eventId).build()
                : request;
        requests.ask(runs, EventType.TRAINING_REQUESTED, eventId, named);
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
        Inputs.requirePaths("runId", asked.getRunId(), runId);
        requests.send(
                EventType.TRAINING_CANCEL_REQUESTED,
                UUID.randomUUID().toString(),
                asked.toBuilder().setRunId(runId.value()).build());
    }
}
