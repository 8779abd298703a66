package io.catwalk.serving.queue;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A request in the queue. */
final class Batchable {
    final float[] images;
    final int count;
    final long enqueuedNanos;
    final CompletableFuture<BatchOutcome> outcome = new CompletableFuture<>();
    private final BooleanSupplier abandoned;
    /** The images that are not run yet. For the thread that runs them alone. */
    int notRun;

    /** @param abandoned whether the deadline has passed or the connection is closed */
    Batchable(float[] images, int count, long enqueuedNanos, BooleanSupplier abandoned) {
        this.images = images;
        this.count = count;
        this.notRun = count;
        this.enqueuedNanos = enqueuedNanos;
        this.abandoned = abandoned;
    }

    boolean abandoned() {
        return abandoned.getAsBoolean();
    }
}
