package io.catwalk.chassis.events;

import java.util.Locale;

import com.google.protobuf.Message;
import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.chassis.readiness.StoreCheck;
import io.catwalk.chassis.topics.EventMetrics;
import io.catwalk.chassis.topics.EventsConfig;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventType;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Retry;
import io.catwalk.supervision.Supervisor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Decodes records from Kafka and passes their events to a task. When {@link #receive} returns, the record may be acknowledged:
 * the task has handled it, or {@code dead-letters} has it with the reason.
 *
 * <p>The {@link ErrorCategory} decides: after {@link ErrorCategory#UNAVAILABLE} the record is tried again with backoff, and the
 * service isn't ready meanwhile; any other error makes it a dead letter. An {@link Error} ends the process.
 */
@ApplicationScoped
public class EventReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

    private final EventDecoder decoder;
    private final DeadLetters deadLetters;
    private final EventMetrics metrics;
    private final StoreCheck storeCheck;
    private final RecordsInProgress progress;
    private final AskedEvents asked;
    private final Retry retry;

    @Inject
    EventReceiver(
            EventDecoder decoder,
            DeadLetters deadLetters,
            EventMetrics metrics,
            StoreCheck storeCheck,
            RecordsInProgress progress,
            AskedEvents asked,
            EventsConfig config) {
        this.decoder = decoder;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.storeCheck = storeCheck;
        this.progress = progress;
        this.asked = asked;
        this.retry = config.backoff().retry();
    }

    /** Handles one record, after the store was found fit to decide anything. */
    public <M extends Message> void receive(EventType<M> type, ConsumerRecord<byte[], byte[]> record, EventTask<M> task)
            throws InterruptedException {
        MDC.put("event", RecordsInProgress.place(record));
        try (RecordsInProgress.Entry entry = progress.begin(record)) {
            storeCheck.awaitPassed();
            for (int failures = 0; !isHandled(type, record, task, entry); failures++) {
                retry.pause(failures);
            }
        } catch (Error e) {
            Supervisor.ofProcess().end(e);
            throw e;
        } finally {
            MDC.remove("event");
        }
    }

    private <M extends Message> boolean isHandled(
            EventType<M> type, ConsumerRecord<byte[], byte[]> record, EventTask<M> task, RecordsInProgress.Entry entry)
            throws InterruptedException {
        try {
            handleOrRefuse(type, record, task);
            return true;
        } catch (RuntimeException e) {
            if (ErrorCategory.of(e) != ErrorCategory.UNAVAILABLE) {
                throw e;
            }
            LOG.warn("a record of {} waits: {}", record.topic(), e.getMessage());
            entry.waits(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private <M extends Message> void handleOrRefuse(
            EventType<M> type, ConsumerRecord<byte[], byte[]> record, EventTask<M> task) throws InterruptedException {
        EventOutcome outcome;
        try {
            Event<M> event = decoder.decode(type, record);
            MDC.put("event", event.id());
            outcome = task.handle(event, asked.asker(event, record));
        } catch (RuntimeException e) {
            if (ErrorCategory.of(e) == ErrorCategory.UNAVAILABLE) {
                throw e;
            }
            refuse(record, ErrorCategory.shown(e, LOG), e);
            return;
        }
        metrics.count(record.topic(), outcome.name().toLowerCase(Locale.ROOT));
    }

    private void refuse(ConsumerRecord<byte[], byte[]> record, String reason, RuntimeException cause)
            throws InterruptedException {
        deadLetters.publish(new DeadLetter(record, reason, cause));
        LOG.warn("refused a record of {}: {}", record.topic(), reason);
        metrics.count(record.topic(), "refused");
    }

    /** What is done with an event. */
    @FunctionalInterface
    public interface EventTask<M extends Message> {
        /** @param asker who asked for it, as far as that is known */
        EventOutcome handle(Event<M> event, Asker asker) throws InterruptedException;
    }

    /** What became of an event. */
    public enum EventOutcome {
        ACCEPTED,
        REPEATED
    }
}
