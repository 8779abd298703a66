package io.catwalk.chassis.jobs;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.protobuf.Message;
import io.catwalk.chassis.access.CurrentCaller;
import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.events.AskedEvents;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Failpoint;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ServiceUnavailableException;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Publishes requests that come over HTTP as events, as other clients may publish them, and keeps who asked. A request for a job is
 * put into its journal too before it is answered, as the topic's consumer does once more: any replica then knows the job.
 */
@Singleton
public class JobRequests {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final byte[] EMPTY = {'{', '}'};

    private final EventPublisher publisher;
    private final AskedEvents asked;
    private final CurrentCaller caller;
    private final StoreCheck storeCheck;
    private final EventMetrics metrics;
    private final Topics topics;

    @Inject
    JobRequests(
            EventPublisher publisher,
            AskedEvents asked,
            CurrentCaller caller,
            StoreCheck storeCheck,
            EventMetrics metrics,
            Topics topics) {
        this.publisher = publisher;
        this.asked = asked;
        this.caller = caller;
        this.storeCheck = storeCheck;
        this.metrics = metrics;
        this.topics = topics;
    }

    /**
     * Reads a request, with a new id where it has none.
     *
     * @throws BadEventException naming the field, its value and what it must be
     */
    public static <M extends Message> M read(EventType<M> type, byte[] json) {
        M request = withId(type, EventJson.read(type, json));
        type.check(request);
        return request;
    }

    /** The request, with a new id where it has none. */
    public static <M extends Message> M withId(EventType<M> type, M request) {
        return type.keyOf(request).isPresent()
                ? request
                : type.withId(request, UUID.randomUUID().toString());
    }

    /**
     * Requests a job, by an event with the same id.
     *
     * @param request as {@link #read} gives it
     * @return its id
     * @throws ConflictingRequestException when the id belongs to another request; then nothing is published, except in a race
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it in time
     * @throws ServiceUnavailableException when the store isn't ready, or doesn't decide it in time: it is published then
     */
    public <M extends Message> Name ask(JobService jobs, EventType<M> type, M request) throws InterruptedException {
        Name id = new Name(type.keyOf(request).orElseThrow());
        if (storeCheck.call().getStatus() != HealthCheckResponse.Status.UP) {
            throw new ServiceUnavailableException("the store isn't found fit to keep requests yet; try again");
        }
        jobs.requireNoOther(id, request);
        Asker asker = publish(id.value(), type, request);
        if (accept(jobs, id, request, asker) == EventOutcome.ACCEPTED) {
            // The topic's consumer counts its record as repeated.
            metrics.count(topics.nameOf(type), "accepted");
        }
        return id;
    }

    /**
     * Requests a job's end.
     *
     * @param id the path's
     * @param json {@code {"reason": ".."}}, or empty
     * @throws BadEventException naming the field, its value and what it must be
     * @throws BadRequestException for another id than the path's
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it in time
     */
    public <M extends Message> void cancel(EventType<M> type, Name id, byte[] json) throws InterruptedException {
        M given = EventJson.read(type, json.length == 0 ? EMPTY : json);
        Inputs.requirePaths(type.idName().orElseThrow(), type.keyOf(given).orElse(""), id);
        send(type, type.withId(given, id.value()));
    }

    /**
     * Publishes what the topic's consumer alone decides, under an event id of its own.
     *
     * @throws BadEventException naming the field, its value and what it must be
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it in time
     */
    public <M extends Message> void send(EventType<M> type, M request) throws InterruptedException {
        publish(UUID.randomUUID().toString(), type, request);
    }

    /** Keeps who asks before anybody can read the event. */
    private <M extends Message> Asker publish(String eventId, EventType<M> type, M request)
            throws InterruptedException {
        type.check(request);
        Asker asker = asked.keep(type, eventId, request, caller.caller());
        publisher.publishNow(eventId, type, request);
        Failpoint.reach("request.publish.after");
        return asker;
    }

    /** The call is retried until the store answers, so the caller waits for a limited time. */
    private static EventOutcome accept(JobService jobs, Name id, Message request, Asker asker)
            throws InterruptedException {
        FutureTask<EventOutcome> acceptance = new FutureTask<>(() -> jobs.accept(id, request, asker));
        Thread.ofPlatform().daemon().name("accept-" + id).start(acceptance);
        try {
            return acceptance.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ServiceUnavailableException(
                    "the store hasn't decided about " + id + "; it may yet take effect: try again under that id");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            acceptance.cancel(true);
        }
    }
}
