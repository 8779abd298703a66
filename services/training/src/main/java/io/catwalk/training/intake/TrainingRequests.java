package io.catwalk.training.intake;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.request.CancelRequest;
import io.catwalk.journal.Asker;
import io.catwalk.objectstore.Name;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingRequested;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts requests into runs' journals. A record is acknowledged once its journal has it; what the service does about it is
 * decided there, so no record stays unacknowledged while a run trains.
 */
@ApplicationScoped
public class TrainingRequests {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRequests.class);

    private final EventReceiver receiver;
    private final JobService jobs;

    @Inject
    TrainingRequests(EventReceiver receiver, JobService jobs) {
        this.receiver = receiver;
        this.jobs = jobs;
    }

    @Incoming("training-requested")
    @Blocking
    void requested(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(EventType.TRAINING_REQUESTED, record, this::accept);
    }

    @Incoming("training-cancel-requested")
    @Blocking
    void cancelRequested(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(EventType.TRAINING_CANCEL_REQUESTED, record, this::cancel);
    }

    private EventOutcome accept(Event<TrainingRequested> event, Asker asker) throws InterruptedException {
        Name id = new Name(event.requestId());
        EventOutcome outcome = jobs.accept(id, event.payload(), asker);
        LOG.info("run {}: {}", id, outcome);
        return outcome;
    }

    private EventOutcome cancel(Event<TrainingCancelRequested> event, Asker asker) throws InterruptedException {
        CancelRequest request = CancelRequest.from(event.payload());
        EventOutcome outcome = jobs.cancel(request, asker);
        LOG.info("cancel of run {}: {}", request.id(), outcome);
        return outcome;
    }
}
