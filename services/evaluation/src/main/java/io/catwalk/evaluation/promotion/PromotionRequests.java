package io.catwalk.evaluation.promotion;

import io.catwalk.chassis.events.EventReceiver;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionRequest;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Decides and publishes each record of {@code promotion-requested} before it is acknowledged. */
@ApplicationScoped
class PromotionRequests {
    private final EventReceiver receiver;
    private final Promotions promotions;

    @Inject
    PromotionRequests(EventReceiver receiver, Promotions promotions) {
        this.receiver = receiver;
        this.promotions = promotions;
    }

    @Incoming("promotion-requested")
    @Blocking(ordered = true)
    void receive(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        receiver.receive(
                EventType.PROMOTION_REQUESTED,
                record,
                event -> promotions.promote(PromotionRequest.from(event.payload(), event.requestId())));
    }
}
