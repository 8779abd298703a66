package io.catwalk.evaluation.http;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.RolloutIntake;
import io.catwalk.evaluation.rollout.Rollouts;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.PromotionRequest;
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
    private final Registry registry;
    private final RolloutIntake intake;
    private final Rollouts rollouts;
    private final JobRequests requests;

    @Inject
    PromotionSender(Registry registry, RolloutIntake intake, Rollouts rollouts, JobRequests requests) {
        this.registry = registry;
        this.intake = intake;
        this.rollouts = rollouts;
        this.requests = requests;
    }

    /**
     * A request on its topic.
     *
     * @param rollout whether it is a rollout's, under the same id
     */
    record Sent(String promotionId, boolean rollout) {}

    /**
     * Sends it, under a new id unless it has one.
     *
     * @param json a {@link PromotionRequested}; model and label default to the path's
     * @throws BadEventException naming the field that is wrong
     * @throws BrokerUnavailableException when the broker doesn't acknowledge it
     */
    Sent send(Name model, Name label, byte[] json) throws InterruptedException {
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
        PromotionRequest promotion = PromotionRequest.from(request, request.getPromotionId());
        boolean rollout = RolloutIntake.isRollout(promotion);
        if (rollout) {
            intake.check(promotion);
            requests.ask(rollouts.jobs(), EventType.PROMOTION_REQUESTED, request);
        } else {
            requests.send(EventType.PROMOTION_REQUESTED, request);
        }
        return new Sent(request.getPromotionId(), rollout);
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
