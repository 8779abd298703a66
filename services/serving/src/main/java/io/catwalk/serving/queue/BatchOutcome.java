package io.catwalk.serving.queue;

/**
 * A request's probabilities, and where its time went.
 *
 * @param probabilities {@code images * classes} of them, image by image
 * @param queuedNanos time from entering the queue to the start of its batch
 * @param inferNanos time that the engine took for its batch
 */
public record BatchOutcome(float[] probabilities, long queuedNanos, long inferNanos) {}
