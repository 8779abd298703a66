package io.catwalk.events.request;

import java.util.Optional;

import io.catwalk.model.v1.PromotionRequested;

/**
 * A promotion request with its default applied.
 *
 * @param label the label to move
 * @param version where it shall point
 * @param weight first share of the requests, of a rollout
 */
public record PromotionRequest(String promotionId, String model, String label, long version, Optional<Double> weight) {
    public static final String DEFAULT_LABEL = "stable";

    /** @param request as an {@code Event} or a journal holds it: its rules are checked */
    public static PromotionRequest from(PromotionRequested request, String promotionId) {
        return new PromotionRequest(
                promotionId,
                request.getModel(),
                request.getLabel().isEmpty() ? DEFAULT_LABEL : request.getLabel(),
                request.getVersion(),
                request.hasWeight() ? Optional.of(request.getWeight()) : Optional.empty());
    }
}
