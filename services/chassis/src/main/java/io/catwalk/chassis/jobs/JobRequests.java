package io.catwalk.chassis.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.google.protobuf.Message;
import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.errors.ConflictingRequestException;
import io.catwalk.chassis.events.EventMetrics;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.node.Node;
import io.catwalk.chassis.store.StoreCheck;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ServiceUnavailableException;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Sends requests that come over HTTP as the events that anybody may send. A request for a job is put into its journal too before
 * it is answered, as the topic's consumer will once more: whichever replica is asked for the job then knows it.
 */
@Singleton
public class JobRequests {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final EventPublisher publisher;
    private final StoreCheck storeCheck;
    private final EventMetrics metrics;
    private final Topics topics;
    private final Clock clock;
    private final String source;

    @Inject
    JobRequests(
            EventPublisher publisher,
            StoreCheck storeCheck,
            EventMetrics metrics,
            Topics topics,
            Clock clock,
            Node node) {
        this.publisher = publisher;
        this.storeCheck = storeCheck;
        this.metrics = metrics;
        this.topics = topics;
        this.clock = clock;
        this.source = node.eventSource();
    }

    /**
     * Asks for a job.
     *
     * @param request with its id
     * @throws BadEventException naming the field, its value and what it must be
     * @throws ConflictingRequestException when the id belongs to another request; then nothing is sent, but for a race
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it soon
     * @throws ServiceUnavailableException when the store isn't fit, or doesn't decide it soon: the request is on its topic then
     */
    public <M extends Message> void ask(JobService jobs, EventType<M> type, String eventId, M request)
            throws InterruptedException {
        var event = new Event<>(eventId, source, type, clock.instant(), request);
        Name id = new Name(event.requestId());
        if (storeCheck.call().getStatus() != HealthCheckResponse.Status.UP) {
            throw new ServiceUnavailableException("the store isn't found fit to keep requests yet; try again");
        }
        jobs.requireNoOther(id, request);
        publisher.sendNow(event);
        if (accept(jobs, id, request) == EventOutcome.ACCEPTED) {
            // The topic's consumer counts its record as repeated.
            metrics.count(topics.nameOf(type), "accepted");
        }
    }

    /**
     * Sends a request for anything else.
     *
     * @throws BadEventException as {@link #ask} throws it
     * @throws BrokerUnavailableException as {@link #ask} throws it
     */
    public <M extends Message> void send(EventType<M> type, String eventId, M request) throws InterruptedException {
        publisher.sendNow(new Event<>(eventId, source, type, clock.instant(), request));
    }

    /** A store that is away would be asked for as long as it takes. */
    private static EventOutcome accept(JobService jobs, Name id, Message request) throws InterruptedException {
        FutureTask<EventOutcome> acceptance = new FutureTask<>(() -> jobs.accept(id, request));
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
