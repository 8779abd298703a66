package io.catwalk.serving.queue;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A request's images on their way through the queue. */
final class Batchable {
    final float[] images;
    final int count;
    final long enqueuedNanos;
    final CompletableFuture<BatchOutcome> outcome = new CompletableFuture<>();
    private final BooleanSupplier abandoned;

    /** @param abandoned whether nobody waits for the answer any more, by deadline or by a closed connection */
    Batchable(float[] images, int count, long enqueuedNanos, BooleanSupplier abandoned) {
        this.images = images;
        this.count = count;
        this.enqueuedNanos = enqueuedNanos;
        this.abandoned = abandoned;
    }

    boolean abandoned() {
        return abandoned.getAsBoolean();
    }
}
