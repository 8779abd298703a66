package io.catwalk.events;

import static io.catwalk.events.FieldRule.optional;
import static io.catwalk.events.FieldRule.required;

import java.util.List;

import com.google.protobuf.Descriptors.Descriptor;
import io.catwalk.training.v1.ActivationLayer;
import io.catwalk.training.v1.BatchNorm;
import io.catwalk.training.v1.Conv2d;
import io.catwalk.training.v1.Dense;
import io.catwalk.training.v1.DepthwiseConv2d;
import io.catwalk.training.v1.Dropout;
import io.catwalk.training.v1.Layer;
import io.catwalk.training.v1.Pool;
import io.catwalk.training.v1.ResidualBlock;

/** What a request's layers may be; whether they fit each other depends on the dataset's images. */
final class LayerRules {
    private static final int MOST_OF_A_NETWORK = 256;
    private static final int MOST_OF_A_BLOCK = 64;
    private static final int MOST_IN_ALL = 1000;

    /** A network's own layers: their number bounds what a request costs to read, to check and to keep. */
    static final FieldValue OF_A_NETWORK = new FieldValue(
            value -> ((List<?>) value).size() <= MOST_OF_A_NETWORK && inAll((List<?>) value) <= MOST_IN_ALL,
            "must be a list of 1 to %d layers, at most %d with those of residual blocks"
                    .formatted(MOST_OF_A_NETWORK, MOST_IN_ALL));

    private static final FieldValue OF_A_BLOCK = new FieldValue(
            value -> ((List<?>) value).size() <= MOST_OF_A_BLOCK
                    && ((List<?>) value).stream().noneMatch(layer -> ((Layer) layer).hasResidualBlock()),
            "must be a list of 1 to %d layers, none a residual block".formatted(MOST_OF_A_BLOCK));

    private static final FieldValue SIDE = FieldValue.whole(1, 31);
    private static final FieldValue PADDING = FieldValue.oneOf(List.of("same", "valid"));
    private static final FieldValue ACTIVATION =
            FieldValue.oneOf(List.of("linear", "relu", "relu6", "elu", "gelu", "swish", "tanh", "sigmoid"));

    static final List<MessageRules> ALL = List.of(
            MessageRules.oneOf(Layer.getDescriptor()),
            convolution(Conv2d.getDescriptor(), required(Conv2d.getDescriptor(), "filters", FieldValue.whole(1, 4096))),
            convolution(
                    DepthwiseConv2d.getDescriptor(),
                    optional(DepthwiseConv2d.getDescriptor(), "multiplier", FieldValue.whole(1, 64))),
            pool(Pool.getDescriptor()),
            batchNorm(BatchNorm.getDescriptor()),
            dropout(Dropout.getDescriptor()),
            dense(Dense.getDescriptor()),
            residualBlock(ResidualBlock.getDescriptor()),
            activation(ActivationLayer.getDescriptor()));

    private LayerRules() {}

    private static MessageRules convolution(Descriptor convolution, FieldRule channels) {
        return MessageRules.of(
                convolution,
                channels,
                optional(convolution, "kernel", SIDE),
                optional(convolution, "stride", SIDE),
                optional(convolution, "padding", PADDING),
                optional(convolution, "activation", ACTIVATION));
    }

    private static MessageRules pool(Descriptor pool) {
        return MessageRules.of(
                pool, optional(pool, "size", SIDE), optional(pool, "stride", SIDE), optional(pool, "padding", PADDING));
    }

    private static MessageRules batchNorm(Descriptor batchNorm) {
        return MessageRules.of(
                batchNorm,
                optional(batchNorm, "momentum", FieldValue.shareBelowOne()),
                optional(batchNorm, "epsilon", FieldValue.positive(1)));
    }

    private static MessageRules dropout(Descriptor dropout) {
        return MessageRules.of(dropout, required(dropout, "rate", FieldValue.shareBelowOne()));
    }

    private static MessageRules dense(Descriptor dense) {
        return MessageRules.of(
                dense,
                required(dense, "units", FieldValue.whole(1, 65_536)),
                optional(dense, "activation", ACTIVATION));
    }

    private static MessageRules residualBlock(Descriptor block) {
        return MessageRules.of(block, required(block, "layers", OF_A_BLOCK), optional(block, "activation", ACTIVATION));
    }

    private static long inAll(List<?> layers) {
        return layers.stream()
                .mapToLong(layer -> 1 + inAll(((Layer) layer).getResidualBlock().getLayersList()))
                .sum();
    }

    private static MessageRules activation(Descriptor activation) {
        return MessageRules.of(activation, required(activation, "function", ACTIVATION));
    }
}
