package io.catwalk.evaluation.http;

import java.time.Clock;
import java.util.UUID;

import io.catwalk.chassis.events.BrokerUnavailableException;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.node.Node;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.BadEventException;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response.Status;

/** Sends a promotion that came over HTTP as its event: there is one way in. */
@Singleton
class PromotionSender {
    private final EventPublisher publisher;
    private final Registry registry;
    private final Clock clock;
    private final String source;

    @Inject
    PromotionSender(EventPublisher publisher, Registry registry, Clock clock, Node node) {
        this.publisher = publisher;
        this.registry = registry;
        this.clock = clock;
        this.source = node.eventSource();
    }

    /**
     * Sends it, under a new id unless it has one.
     *
     * @param json a {@link PromotionRequested}; model and label may be left to the path
     * @return its id
     * @throws BadEventException naming the field that is wrong
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it
     */
    String send(Name model, Name label, byte[] json) throws InterruptedException {
        PromotionRequested given = EventJson.read(EventType.PROMOTION_REQUESTED, json);
        checkSame("model", given.getModel(), model);
        checkSame("label", given.getLabel(), label);
        String eventId = UUID.randomUUID().toString();
        PromotionRequested request = given.toBuilder()
                .setPromotionId(given.getPromotionId().isEmpty() ? eventId : given.getPromotionId())
                .setModel(model.value())
                .setLabel(label.value())
                .build();
        var event = new Event<>(eventId, source, EventType.PROMOTION_REQUESTED, clock.instant(), request);
        checkPublished(model, request.getVersion());
        publisher.sendNow(event);
        return request.getPromotionId();
    }

    private void checkPublished(Name model, long version) {
        if (registry.version(model, version).isEmpty()) {
            throw new NotFoundException("model " + model + " has no version " + version);
        }
        if (!registry.isPublished(model, version)) {
            throw new ClientErrorException(
                    "version is " + version + ", which was never published of " + model, Status.CONFLICT);
        }
    }

    private static void checkSame(String field, String given, Name path) {
        if (!given.isEmpty() && !given.equals(path.value())) {
            throw new BadRequestException(field + " is another than the path's, " + path);
        }
    }
}
