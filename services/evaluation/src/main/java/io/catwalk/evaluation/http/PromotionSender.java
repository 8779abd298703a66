package io.catwalk.evaluation.http;

import java.util.UUID;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.events.EventPublisher;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Name;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response.Status;

/** Publishes a promotion requested over HTTP. */
@Singleton
class PromotionSender {
    private final EventPublisher publisher;
    private final Registry registry;

    @Inject
    PromotionSender(EventPublisher publisher, Registry registry) {
        this.publisher = publisher;
        this.registry = registry;
    }

    /**
     * Sends it, under a new id unless it has one.
     *
     * @param json a {@link PromotionRequested}; model and label default to the path's
     * @return its id
     * @throws BadEventException naming the field that is wrong
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it
     */
    String send(Name model, Name label, byte[] json) throws InterruptedException {
        PromotionRequested given = EventJson.read(EventType.PROMOTION_REQUESTED, json);
        Inputs.requirePaths("model", given.getModel(), model);
        Inputs.requirePaths("label", given.getLabel(), label);
        PromotionRequested request = JobRequests.withId(
                EventType.PROMOTION_REQUESTED,
                given.toBuilder()
                        .setModel(model.value())
                        .setLabel(label.value())
                        .build());
        EventType.PROMOTION_REQUESTED.check(request);
        checkPublished(model, request.getVersion());
        publisher.publishNow(UUID.randomUUID().toString(), EventType.PROMOTION_REQUESTED, request);
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
}
