package io.catwalk.evaluation.job;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Accepts an evaluation for each run with a model, under the run's id. */
@ApplicationScoped
class TrainingResults {
    private final EventReceiver receiver;
    private final JobService jobs;

    @Inject
    TrainingResults(EventReceiver receiver, JobService jobs) {
        this.receiver = receiver;
        this.jobs = jobs;
    }

    @Incoming("training-completed")
    @Blocking(ordered = true)
    void receive(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(
                EventType.TRAINING_COMPLETED,
                record,
                (event, asker) -> jobs.accept(new Name(event.payload().getRunId()), event.payload(), asker));
    }
}
