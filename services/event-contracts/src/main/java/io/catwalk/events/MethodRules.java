package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import java.util.List;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.training.v1.Adam;
import io.catwalk.training.v1.CosineDecay;
import io.catwalk.training.v1.EarlyStopping;
import io.catwalk.training.v1.ExponentialDecay;
import io.catwalk.training.v1.HorizontalFlip;
import io.catwalk.training.v1.Initializers;
import io.catwalk.training.v1.Optimizer;
import io.catwalk.training.v1.RandomCrop;
import io.catwalk.training.v1.RandomErasing;
import io.catwalk.training.v1.RmsProp;
import io.catwalk.training.v1.Schedule;
import io.catwalk.training.v1.Sgd;
import io.catwalk.training.v1.StepDecay;

/** What a request may say of the way to train. */
final class MethodRules {
    private static final int MOST_EPOCHS = 10_000;
    private static final FieldValue DECAY = FieldValue.shareBelowOne();
    private static final FieldValue EPSILON = FieldValue.positive(1);
    private static final FieldValue FACTOR = FieldValue.positive(1);
    private static final FieldValue INITIALIZER =
            FieldValue.oneOf(List.of("glorot-uniform", "glorot-normal", "he-uniform", "he-normal", "zeros"));

    static final List<MessageRules> ALL = List.of(
            MessageRules.oneOf(Optimizer.getDescriptor()),
            sgd(Sgd.getDescriptor()),
            adam(Adam.getDescriptor()),
            rmsProp(RmsProp.getDescriptor()),
            schedule(Schedule.getDescriptor()),
            decay(StepDecay.getDescriptor()),
            decay(ExponentialDecay.getDescriptor()),
            cosine(CosineDecay.getDescriptor()),
            initializers(Initializers.getDescriptor()),
            crop(RandomCrop.getDescriptor()),
            flip(HorizontalFlip.getDescriptor()),
            erasing(RandomErasing.getDescriptor()),
            earlyStopping(EarlyStopping.getDescriptor()));

    private MethodRules() {}

    private static MessageRules sgd(Descriptor sgd) {
        return MessageRules.of(sgd, optional(sgd, "momentum", DECAY));
    }

    private static MessageRules adam(Descriptor adam) {
        return MessageRules.of(
                adam,
                optional(adam, "beta1", DECAY),
                optional(adam, "beta2", DECAY),
                optional(adam, "epsilon", EPSILON));
    }

    private static MessageRules rmsProp(Descriptor rmsProp) {
        return MessageRules.of(
                rmsProp,
                optional(rmsProp, "rho", DECAY),
                optional(rmsProp, "momentum", DECAY),
                optional(rmsProp, "epsilon", EPSILON));
    }

    private static MessageRules schedule(Descriptor schedule) {
        return MessageRules.oneOf(schedule, optional(schedule, "warm_up_epochs", FieldValue.atMost(MOST_EPOCHS)));
    }

    private static MessageRules decay(Descriptor decay) {
        return MessageRules.of(
                decay,
                optional(decay, "factor", FACTOR),
                optional(decay, "every_epochs", FieldValue.positive(MOST_EPOCHS)));
    }

    private static MessageRules cosine(Descriptor cosine) {
        return MessageRules.of(cosine, optional(cosine, "last", FieldValue.share()));
    }

    private static MessageRules initializers(Descriptor initializers) {
        return MessageRules.of(
                initializers,
                optional(initializers, "kernels", INITIALIZER),
                optional(initializers, "biases", INITIALIZER));
    }

    private static MessageRules crop(Descriptor crop) {
        return MessageRules.of(crop, optional(crop, "padding", FieldValue.whole(1, 1024)));
    }

    private static MessageRules flip(Descriptor flip) {
        return MessageRules.of(flip, optional(flip, "probability", FieldValue.share()));
    }

    private static MessageRules erasing(Descriptor erasing) {
        return MessageRules.of(
                erasing,
                optional(erasing, "probability", FieldValue.share()),
                optional(erasing, "smallest", FieldValue.between(0, 1)),
                optional(erasing, "largest", FieldValue.between(0, 1)));
    }

    private static MessageRules earlyStopping(Descriptor stopping) {
        return MessageRules.of(
                stopping,
                required(stopping, "patience", FieldValue.whole(1, MOST_EPOCHS)),
                optional(stopping, "min_improvement", FieldValue.share()));
    }
}
