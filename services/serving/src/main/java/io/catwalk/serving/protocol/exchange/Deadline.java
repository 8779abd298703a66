package io.catwalk.serving.protocol.exchange;

import java.time.Duration;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/**
 * By when a request must be answered.
 *
 * @param limit from its arrival
 */
record Deadline(long arrivedNanos, Duration limit) {
    /** The service's own deadline, or its client's if that is earlier. */
    static Deadline of(Arrival<?> arrival, Duration own) {
        Duration limit =
                arrival.patience().filter(wait -> wait.compareTo(own) < 0).orElse(own);
        return new Deadline(arrival.nanos(), limit);
    }

    /** Zero once it has passed. */
    long remainingNanos() {
        return Math.max(0, limit.toNanos() - (System.nanoTime() - arrivedNanos));
    }

    RefusedException missed() {
        return new RefusedException(Refusal.DEADLINE, "no answer within " + limit.toMillis() + " ms");
    }
}
