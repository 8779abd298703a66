package io.catwalk.evaluation.promotion;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.chassis.events.EventReceiver.EventOutcome;
import io.catwalk.evaluation.rollout.RolloutIntake;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionRequest;
import io.catwalk.journal.Asker;
import io.catwalk.model.v1.PromotionRequested;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Decides and publishes each record of {@code promotion-requested} before it is acknowledged; a rollout becomes a job. */
@ApplicationScoped
class PromotionRequests {
    private final EventReceiver receiver;
    private final Promotions promotions;
    private final RolloutIntake rollouts;

    @Inject
    PromotionRequests(EventReceiver receiver, Promotions promotions, RolloutIntake rollouts) {
        this.receiver = receiver;
        this.promotions = promotions;
        this.rollouts = rollouts;
    }

    @Incoming("promotion-requested")
    @Blocking(ordered = true)
    void receive(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(EventType.PROMOTION_REQUESTED, record, this::handle);
    }

    private EventOutcome handle(Event<PromotionRequested> event, Asker asker) throws InterruptedException {
        PromotionRequest request = PromotionRequest.from(event.payload(), event.requestId());
        return RolloutIntake.isRollout(request)
                ? rollouts.accept(request, event.payload(), asker)
                : promotions.promote(request, asker);
    }
}
