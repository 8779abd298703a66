package io.catwalk.serving.queue;

import java.util.ArrayDeque;

/**
 * How fast a queue's images have lately been answered. The slowest of the newest batches doesn't count, as one that first had to load
 * its model. Not thread-safe.
 */
final class Pace {
    private static final int LEAST_BATCHES = 4;
    private static final int MOST_BATCHES = 16;

    private final ArrayDeque<Batch> newest = new ArrayDeque<>();
    private long lastEnded = Long.MIN_VALUE;

    /**
     * Records a batch that has ended.
     *
     * @param waitingSince when its first request came, on the clock of {@code ended}
     */
    void ended(int images, long waitingSince, long ended) {
        // Of batches at the same time each counts from the end of the one before.
        long since = lastEnded == Long.MIN_VALUE ? waitingSince : Math.max(waitingSince, lastEnded);
        newest.add(new Batch(images, Math.max(0, ended - since)));
        if (newest.size() > MOST_BATCHES) {
            newest.remove();
        }
        lastEnded = ended;
    }

    /** The time that an image in the queue keeps those behind it waiting; 0 while it isn't known. */
    long nanosPerImage() {
        if (newest.size() < LEAST_BATCHES) {
            return 0;
        }
        long nanos = 0;
        long images = 0;
        Batch slowest = newest.peek();
        for (Batch batch : newest) {
            nanos += batch.nanos;
            images += batch.images;
            slowest = batch.nanos > slowest.nanos ? batch : slowest;
        }
        return (nanos - slowest.nanos) / (images - slowest.images);
    }

    private record Batch(int images, long nanos) {}
}
