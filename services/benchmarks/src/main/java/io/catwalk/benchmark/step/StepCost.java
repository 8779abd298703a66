package io.catwalk.benchmark.step;

import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.NetworkSummary.Row;

/**
 * What one image costs in a training step: multiply-adds of convolutions and dense layers, two FLOPs each, borders counted
 * like the inside. Poolings, activations, loss and optimizer aren't counted.
 *
 * @param forward multiply-adds of the forward pass
 * @param first those of the first layer that has any; its input needs no gradient
 */
record StepCost(long forward, long first) {
    private static final int FLOPS = 2;

    static StepCost of(Network network) {
        NetworkSummary summary = NetworkSummary.of(network);
        long first = summary.rows().stream()
                .mapToLong(Row::multiplyAdds)
                .filter(count -> count > 0)
                .findFirst()
                .orElse(0);
        return new StepCost(summary.multiplyAdds(), first);
    }

    /** Forward once, and as much for the weights' gradients and for the inputs', but for the first layer's inputs. */
    long flops() {
        return FLOPS * (3 * forward - first);
    }

    String explanation() {
        return "an image is %.1f MFLOP: 2 x (3 x %,d - %,d) for %,d multiply-adds forward, as many for gradients of weights"
                        .formatted(flops() / 1e6, forward, first, forward)
                + " and of inputs, but none for the first layer's input";
    }
}
