package io.catwalk.serving.protocol.exchange;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.observation.RequestHeaders;
import io.catwalk.serving.refusal.RefusedException;

/**
 * A prediction request that has arrived whole. It holds memory and one of the concurrent places until it is closed.
 *
 * @param <R> what a codec reads
 */
public interface Arrival<R> extends AutoCloseable {
    /** When its headers were there, on {@link System#nanoTime}'s clock. */
    long nanos();

    /** How long its client waits, from {@link #nanos}; absent if the client doesn't say. */
    Optional<Duration> patience();

    /** Whether its content is read in a moment: it is short, and not compressed. */
    boolean isShort();

    /** Whether nobody waits for the answer any more. */
    boolean clientGone();

    RequestHeaders headers();

    /**
     * Begins the work.
     *
     * @throws RefusedException with {@code CANCELLED} when the client has gone
     */
    void begin();

    /**
     * The model that it is for, once the work has begun.
     *
     * @throws RefusedException with {@code BAD_INPUT} when it names none
     */
    ModelReference model();

    /**
     * Its content, once the work has begun.
     *
     * @throws RefusedException when it can't be read
     */
    R content();

    /** Ends the work. */
    @Override
    void close();
}
