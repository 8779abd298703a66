package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.training.v1.TrainingRequested;

/** What a training request may ask for. */
final class TrainingRequestRules {
    private static final Descriptor REQUEST = TrainingRequested.getDescriptor();

    /** Of a request that stands within another event. */
    static final MessageRules WITHIN = MessageRules.of(
            REQUEST,
            optional(REQUEST, "run_id", FieldValue.name()),
            required(REQUEST, "dataset", FieldValue.datasetReference()),
            required(REQUEST, "model", FieldValue.name()),
            optional(REQUEST, "network", FieldValue.name()),
            optional(REQUEST, "epochs", FieldValue.whole(1, 10_000)),
            optional(REQUEST, "batch_size", FieldValue.whole(1, 8192)),
            optional(REQUEST, "learning_rate", FieldValue.positive(10)),
            optional(REQUEST, "checkpoint_interval", FieldValue.span(Duration.ofSeconds(1), Duration.ofHours(1))),
            optional(REQUEST, "deadline", FieldValue.deadline()),
            optional(REQUEST, "gate.max_regression", FieldValue.share()),
            optional(REQUEST, "gate.min_test_accuracy", FieldValue.share()),
            optional(REQUEST, "layers", LayerRules.OF_A_NETWORK),
            optional(REQUEST, "label_smoothing", FieldValue.shareBelowOne()),
            optional(REQUEST, "weight_decay", FieldValue.share()),
            optional(REQUEST, "max_gradient_norm", FieldValue.positive(1_000_000)),
            optional(REQUEST, "averaging", FieldValue.between(0, 1)),
            optional(REQUEST, "precision", FieldValue.oneOf(List.of("float32", "bfloat16"))),
            optional(REQUEST, "continue_from", FieldValue.name()),
            optional(REQUEST, "resume_from", FieldValue.name()),
            optional(REQUEST, "stop_after_epoch", FieldValue.whole(1, 10_000)));

    static final PayloadRules RULES = new PayloadRules(
            WITHIN.rules(),
            Stream.concat(LayerRules.ALL.stream(), MethodRules.ALL.stream()).toList());

    private TrainingRequestRules() {}
}
