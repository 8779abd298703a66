package io.catwalk.serving.queue;

/**
 * The bounds of one queue, all in images but the last.
 *
 * @param maxWaiting images that may wait
 * @param maxBatch images in one batch
 * @param parallel batches that may run at the same time
 */
public record BatchLimits(int maxWaiting, int maxBatch, int parallel) {
    public BatchLimits {
        if (maxWaiting < 1 || maxBatch < 1 || parallel < 1) {
            throw new IllegalArgumentException("a queue's limits must be positive: " + maxWaiting + " waiting images, "
                    + maxBatch + " images a batch, " + parallel + " batches at a time");
        }
    }
}
