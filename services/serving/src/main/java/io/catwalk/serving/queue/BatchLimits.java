package io.catwalk.serving.queue;

import java.time.Duration;

/**
 * The bounds of one queue.
 *
 * @param maxWaiting images that may wait
 * @param maxBatch images in one batch
 * @param parallel batches that may run at the same time
 * @param maxWait the longest time that a request may be expected to wait
 */
public record BatchLimits(int maxWaiting, int maxBatch, int parallel, Duration maxWait) {
    public BatchLimits {
        if (maxWaiting < 1 || maxBatch < 1 || parallel < 1) {
            throw new IllegalArgumentException("a queue's limits must be positive: " + maxWaiting + " waiting images, "
                    + maxBatch + " images a batch, " + parallel + " batches at a time");
        }
    }
}
