package io.catwalk.ingestion.http;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.catwalk.chassis.events.BrokerUnavailableException;
import io.catwalk.chassis.events.ConflictingRequestException;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.node.Node;
import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.job.Job;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;

/** Sends what HTTP asks for as the events that anybody may send: there is one way in. */
@Singleton
class RequestSender {
    private static final long PATIENCE_SECONDS = 15;

    private final EventPublisher publisher;
    private final JobService jobs;
    private final Clock clock;
    private final String source;

    @Inject
    RequestSender(EventPublisher publisher, JobService jobs, Clock clock, Node node) {
        this.publisher = publisher;
        this.jobs = jobs;
        this.clock = clock;
        this.source = node.eventSource();
    }

    /**
     * Sends it, under a new id unless it has one.
     *
     * @param json a {@link DatasetRequested}
     * @return its id
     * @throws BadEventException naming the field that is wrong
     * @throws ConflictingRequestException when its id belongs to another request
     * @throws ServiceUnavailableException when the broker doesn't acknowledge it
     */
    Name send(byte[] json) throws InterruptedException {
        DatasetRequested given = EventJson.read(EventType.DATASET_REQUESTED, json);
        EventType.DATASET_REQUESTED.check(given);
        DatasetRequested request = given.getIngestionId().isEmpty()
                ? given.toBuilder().setIngestionId(UUID.randomUUID().toString()).build()
                : given;
        Name id = new Name(request.getIngestionId());
        checkConflict(id, request);
        await(id, new Event<>(id.value(), source, EventType.DATASET_REQUESTED, clock.instant(), request));
        return id;
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
        DatasetCancelRequested request =
                given.toBuilder().setIngestionId(ingestion.value()).build();
        String eventId = UUID.randomUUID().toString();
        publisher.sendNow(new Event<>(eventId, source, EventType.DATASET_CANCEL_REQUESTED, clock.instant(), request));
    }

    private void checkConflict(Name id, DatasetRequested request) {
        Optional<Job> known = jobs.jobs().find(id);
        if (known.isPresent() && !known.get().fold().requestDigest().equals(RequestDigest.of(request))) {
            throw new ConflictingRequestException(
                    "ingestionId is " + id + ", which belongs to another request; choose another id");
        }
    }

    private void await(Name id, Event<DatasetRequested> event) throws InterruptedException {
        try {
            publisher.send(event).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new ServiceUnavailableException("the broker has not acknowledged the request within "
                    + PATIENCE_SECONDS + " s; send it again with ingestionId " + id);
        }
    }
}
