package io.catwalk.journal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a call to the store again for as long as the store gives no usable answer: at growing, jittered distances, never
 * further apart than {@code longest}.
 *
 * @param attempts how often the call is made at most, before its last exception passes
 */
public record Retry(Duration first, Duration longest, int attempts) {
    private static final Logger LOG = LoggerFactory.getLogger(Retry.class);

    public Retry {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("retries need 0 < first <= longest: " + first + ", " + longest);
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("retries need at least 1 attempt: " + attempts);
        }
    }

    /** Without a limit of attempts. */
    public Retry(Duration first, Duration longest) {
        this(first, longest, Integer.MAX_VALUE);
    }

    /** The same distances, but no more than so many attempts. */
    public Retry atMost(int someAttempts) {
        return new Retry(first, longest, someAttempts);
    }

    /** The call's result; its other exceptions pass. */
    public <T> T untilAnswered(Supplier<T> call) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                if (failures + 1 >= attempts) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
                pause(failures);
            }
        }
    }

    /** Waits as long as is due after that many failures in a row. */
    public void pause(int failures) throws InterruptedException {
        long bound = Math.min(longest.toNanos(), first.toNanos() << Math.min(failures, 20));
        Thread.sleep(Duration.ofNanos(bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1)));
    }
}
