package io.catwalk.network.inference;

import java.util.function.Supplier;

/** Adds up the tensors that one batch makes. */
public final class TensorTally {
    private final int batch;
    private final long maxBytes;
    private long bytes;

    TensorTally(int batch, long maxBytes) {
        this.batch = batch;
        this.maxBytes = maxBytes;
    }

    /** Images in the batch. */
    public int batch() {
        return batch;
    }

    /**
     * What a node's inference gives.
     *
     * @param inference may throw {@link IllegalArgumentException} or {@link ArithmeticException}
     * @throws UnloadableModelException when it does
     */
    public <T> T inferred(String node, Supplier<T> inference) {
        try {
            return inference.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UnloadableModelException(
                    "the sizes of the model's node %s can't be told for %d images: %s"
                            .formatted(node, batch, e.getMessage()),
                    e);
        }
    }

    /**
     * Adds a tensor that a node gives.
     *
     * @param elementBytes of one element
     * @throws UnloadableModelException when it is too large, alone or with those before it
     */
    public void add(String node, TensorShape shape, int elementBytes) {
        long more = TensorShape.saturated(shape.elements(), elementBytes);
        if (more > maxBytes - bytes) {
            throw new UnloadableModelException(
                    "the model's node %s gives a tensor of %s for %d images, %d bytes besides the %d of those before it, at most %d are allowed together"
                            .formatted(node, shape, batch, more, bytes, maxBytes));
        }
        bytes += more;
    }
}
