package io.catwalk.chassis.events;

import java.util.Locale;

import com.google.protobuf.Message;
import io.catwalk.chassis.store.StoreCheck;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The way in from Kafka: reads a record and hands its event on. What it throws makes the channel put the record into
 * dead-letters, with the reason; what returns normally may be acknowledged.
 */
@ApplicationScoped
public class EventReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

    private final EventDecoder decoder;
    private final EventMetrics metrics;
    private final StoreCheck storeCheck;

    @Inject
    EventReceiver(EventDecoder decoder, EventMetrics metrics, StoreCheck storeCheck) {
        this.decoder = decoder;
        this.metrics = metrics;
        this.storeCheck = storeCheck;
    }

    /**
     * Handles one record, after the store was found fit to decide anything.
     *
     * @throws BadEventException when it isn't such an event
     * @throws ConflictingRequestException as the task threw it
     * @throws UnmeetableRequestException as the task threw it
     */
    public <M extends Message> void receive(EventType<M> type, ConsumerRecord<String, byte[]> record, EventTask<M> task)
            throws InterruptedException {
        storeCheck.awaitPassed();
        MDC.put("event", record.topic() + "/" + record.partition() + "/" + record.offset());
        try {
            Event<M> event = decoder.decode(type, record);
            MDC.put("event", event.id());
            EventOutcome outcome = task.handle(event);
            metrics.count(record.topic(), outcome.name().toLowerCase(Locale.ROOT));
        } catch (BadEventException | ConflictingRequestException | UnmeetableRequestException e) {
            LOG.warn("refused a record of {}: {}", record.topic(), e.getMessage());
            metrics.count(record.topic(), "refused");
            throw e;
        } finally {
            MDC.remove("event");
        }
    }

    /** What is done with an event. */
    @FunctionalInterface
    public interface EventTask<M extends Message> {
        EventOutcome handle(Event<M> event) throws InterruptedException;
    }

    /** What became of an event. */
    public enum EventOutcome {
        ACCEPTED,
        REPEATED
    }
}
