package io.catwalk.network.inference;

import java.util.function.Consumer;

/**
 * How much memory the tensors of a model may take, constants aside. All that one batch makes are counted, so that the bound holds in
 * whatever order an engine computes them, and when it frees them. What an engine's kernels need besides isn't.
 *
 * @param maxBatch images of the largest batch that is run
 * @param maxBytes of all tensors that one batch makes
 */
public record TensorLimits(int maxBatch, long maxBytes) {
    /** The most nodes of a graph, so that the check itself is short. */
    private static final int MAX_NODES = 10_000;

    public TensorLimits {
        if (maxBatch < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "maxBatch is %d and maxBytes is %d, but both must be at least 1".formatted(maxBatch, maxBytes));
        }
    }

    /**
     * Infers the shapes of a graph for each batch size: the largest batch needn't have the largest tensors.
     *
     * @param nodes of the graph
     * @param inference adds each tensor of one batch to the tally
     * @throws UnloadableModelException when the tensors are too large, or can't be inferred
     */
    public void require(int nodes, Consumer<TensorTally> inference) {
        if (nodes > MAX_NODES) {
            throw new UnloadableModelException(
                    "the model has %d nodes, at most %d are allowed".formatted(nodes, MAX_NODES));
        }
        for (int batch = maxBatch; batch >= 1; batch--) {
            inference.accept(new TensorTally(batch, maxBytes));
        }
    }
}
