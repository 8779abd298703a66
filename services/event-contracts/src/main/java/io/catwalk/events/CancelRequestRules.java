package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.training.v1.TrainingCancelRequested;

/** What a cancel request may say. */
final class CancelRequestRules {
    private static final Descriptor REQUEST = TrainingCancelRequested.getDescriptor();

    static final PayloadRules RULES = PayloadRules.of(
            required(REQUEST, "run_id", FieldValue.name()), optional(REQUEST, "reason", FieldValue.text(1024)));

    private CancelRequestRules() {}
}
