package io.catwalk.evaluation.rollout;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.events.EventType;
import io.catwalk.events.request.CancelRequest;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Puts cancels into rollouts' journals. */
@ApplicationScoped
class RolloutCancels {
    private final EventReceiver receiver;
    private final Rollouts rollouts;

    @Inject
    RolloutCancels(EventReceiver receiver, Rollouts rollouts) {
        this.receiver = receiver;
        this.rollouts = rollouts;
    }

    @Incoming("rollout-cancel-requested")
    @Blocking
    void cancelRequested(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(
                EventType.ROLLOUT_CANCEL_REQUESTED,
                record,
                (event, asker) -> rollouts.jobs().cancel(CancelRequest.from(event.payload()), asker));
    }
}
