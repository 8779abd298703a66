package io.catwalk.ingestion.http;

import java.util.UUID;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Sends what HTTP asks for as the events that anybody may send: there is one way in. */
@Singleton
class RequestSender {
    private final JobService jobs;
    private final JobRequests requests;

    @Inject
    RequestSender(JobService jobs, JobRequests requests) {
        this.jobs = jobs;
        this.requests = requests;
    }

    /**
     * Sends it, under a new id unless it has one.
     *
     * @param json a {@link DatasetRequested}
     * @return its id
     * @throws BadEventException naming the field that is wrong
     * @throws ConflictingRequestException when its id belongs to another request
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it
     */
    Name send(byte[] json) throws InterruptedException {
        DatasetRequested given = EventJson.read(EventType.DATASET_REQUESTED, json);
        DatasetRequested request = given.getIngestionId().isEmpty()
                ? given.toBuilder().setIngestionId(UUID.randomUUID().toString()).build()
                : given;
        requests.ask(jobs, EventType.DATASET_REQUESTED, request.getIngestionId(), request);
        return new Name(request.getIngestionId());
    }

    /**
     * Asks for an ingestion's end.
     *
     * @param json {@code {"reason": ".."}}, or empty
     * @throws BadEventException naming the field that is wrong
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it
     */
    void cancel(Name ingestion, byte[] json) throws InterruptedException {
        DatasetCancelRequested given = json.length == 0
                ? DatasetCancelRequested.getDefaultInstance()
                : EventJson.read(EventType.DATASET_CANCEL_REQUESTED, json);
        Inputs.requirePaths("ingestionId", given.getIngestionId(), ingestion);
        DatasetCancelRequested request =
                given.toBuilder().setIngestionId(ingestion.value()).build();
        requests.send(EventType.DATASET_CANCEL_REQUESTED, UUID.randomUUID().toString(), request);
    }
}
