package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.model.v1.PromotionRequested;

/** What a promotion request may ask for. */
final class PromotionRequestRules {
    private static final Descriptor REQUEST = PromotionRequested.getDescriptor();

    static final PayloadRules RULES = PayloadRules.of(
            optional(REQUEST, "promotion_id", FieldValue.name()),
            required(REQUEST, "model", FieldValue.name()),
            optional(REQUEST, "label", FieldValue.name()),
            required(REQUEST, "version", FieldValue.countedFromOne()));

    private PromotionRequestRules() {}
}
