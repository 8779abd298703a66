package io.catwalk.ingestion;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.events.EventType;
import io.catwalk.events.request.CancelRequest;
import io.catwalk.objectstore.Name;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Makes each record of {@code dataset-requested} an ingestion, and ends those that {@code dataset-cancel-requested} names. */
@ApplicationScoped
class DatasetRequests {
    private final EventReceiver receiver;
    private final JobService jobs;

    @Inject
    DatasetRequests(EventReceiver receiver, JobService jobs) {
        this.receiver = receiver;
        this.jobs = jobs;
    }

    @Incoming("dataset-requested")
    @Blocking(ordered = true)
    void receive(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(
                EventType.DATASET_REQUESTED,
                record,
                (event, asker) -> jobs.accept(new Name(event.requestId()), event.payload(), asker));
    }

    @Incoming("dataset-cancel-requested")
    @Blocking
    void cancel(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(
                EventType.DATASET_CANCEL_REQUESTED,
                record,
                (event, asker) -> jobs.cancel(CancelRequest.from(event.payload()), asker));
    }
}
