package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.sweep.v1.Halving;
import io.catwalk.sweep.v1.Parameter;
import io.catwalk.sweep.v1.RandomSearch;
import io.catwalk.sweep.v1.Range;
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.sweep.v1.SweepRequested;

/** What a sweep request may ask for, and a request for its end. */
final class SweepRequestRules {
    private static final Descriptor REQUEST = SweepRequested.getDescriptor();
    private static final Descriptor CANCEL = SweepCancelRequested.getDescriptor();

    static final PayloadRules RULES = PayloadRules.of(
                    optional(REQUEST, "sweep_id", FieldValue.sweepId()),
                    required(REQUEST, "training", FieldValue.present()),
                    required(REQUEST, "parameters", FieldValue.elements(16)),
                    optional(REQUEST, "parallel_runs", FieldValue.whole(1, 64)),
                    optional(REQUEST, "deadline", FieldValue.deadline()))
            .with(Stream.concat(
                            Stream.of(
                                    TrainingRequestRules.WITHIN,
                                    parameter(Parameter.getDescriptor()),
                                    range(Range.getDescriptor()),
                                    random(RandomSearch.getDescriptor()),
                                    halving(Halving.getDescriptor())),
                            TrainingRequestRules.RULES.parts().stream())
                    .toList());

    static final PayloadRules CANCEL_RULES = PayloadRules.of(
            required(CANCEL, "sweep_id", FieldValue.sweepId()), optional(CANCEL, "reason", FieldValue.text(1024)));

    private SweepRequestRules() {}

    private static MessageRules parameter(Descriptor parameter) {
        return MessageRules.of(parameter, required(parameter, "field", FieldValue.text(256)));
    }

    private static MessageRules range(Descriptor range) {
        return MessageRules.of(
                range,
                optional(range, "low", FieldValue.finite()),
                optional(range, "high", FieldValue.finite()),
                optional(range, "scale", FieldValue.oneOf(List.of("linear", "log"))));
    }

    private static MessageRules random(Descriptor random) {
        return MessageRules.of(random, required(random, "trials", FieldValue.whole(2, 256)));
    }

    private static MessageRules halving(Descriptor halving) {
        return MessageRules.of(
                halving,
                optional(halving, "min_epochs", FieldValue.whole(1, 10_000)),
                optional(halving, "reduction_factor", FieldValue.whole(2, 16)));
    }
}
