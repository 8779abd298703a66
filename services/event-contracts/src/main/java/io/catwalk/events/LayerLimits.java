package io.catwalk.events;

import java.util.List;

import io.catwalk.training.v1.Layer;

/** How many layers a request may have, which bounds what it costs to read, to check and to keep. */
final class LayerLimits {
    private static final int MOST_OF_A_NETWORK = 256;
    private static final int MOST_OF_A_BLOCK = 64;
    private static final int MOST_IN_ALL = 1000;

    private LayerLimits() {}

    static FieldValue ofANetwork() {
        return new FieldValue(
                value -> ((List<?>) value).size() <= MOST_OF_A_NETWORK && inAll((List<?>) value) <= MOST_IN_ALL,
                "must be a list of 1 to %d layers, at most %d with those of residual blocks"
                        .formatted(MOST_OF_A_NETWORK, MOST_IN_ALL));
    }

    static FieldValue ofABlock() {
        return new FieldValue(
                value -> ((List<?>) value).size() <= MOST_OF_A_BLOCK
                        && ((List<?>) value).stream().noneMatch(layer -> ((Layer) layer).hasResidualBlock()),
                "must be a list of 1 to %d layers, none a residual block".formatted(MOST_OF_A_BLOCK));
    }

    private static long inAll(List<?> layers) {
        return layers.stream()
                .mapToLong(layer -> 1 + inAll(((Layer) layer).getResidualBlock().getLayersList()))
                .sum();
    }
}
