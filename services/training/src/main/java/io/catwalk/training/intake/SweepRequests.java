package io.catwalk.training.intake;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.request.CancelRequest;
import io.catwalk.journal.Asker;
import io.catwalk.objectstore.Name;
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.sweep.SweepPlan;
import io.catwalk.training.sweep.Sweeps;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts requests into sweeps' journals, as {@link TrainingRequests} does those of runs. */
@ApplicationScoped
public class SweepRequests {
    private static final Logger LOG = LoggerFactory.getLogger(SweepRequests.class);

    private final EventReceiver receiver;
    private final Sweeps sweeps;

    @Inject
    SweepRequests(EventReceiver receiver, Sweeps sweeps) {
        this.receiver = receiver;
        this.sweeps = sweeps;
    }

    @Incoming("sweep-requested")
    @Blocking
    void requested(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(EventType.SWEEP_REQUESTED, record, this::accept);
    }

    @Incoming("sweep-cancel-requested")
    @Blocking
    void cancelRequested(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(EventType.SWEEP_CANCEL_REQUESTED, record, this::cancel);
    }

    private EventOutcome accept(Event<SweepRequested> event, Asker asker) throws InterruptedException {
        Name id = new Name(event.requestId());
        SweepPlan.checked(event.payload(), id.value());
        EventOutcome outcome = sweeps.jobs().accept(id, event.payload(), asker);
        LOG.info("sweep {}: {}", id, outcome);
        return outcome;
    }

    private EventOutcome cancel(Event<SweepCancelRequested> event, Asker asker) throws InterruptedException {
        CancelRequest request = CancelRequest.from(event.payload());
        EventOutcome outcome = sweeps.jobs().cancel(request, asker);
        LOG.info("cancel of sweep {}: {}", request.id(), outcome);
        return outcome;
    }
}
