package io.catwalk.journal.job;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.catwalk.journal.Retry;

/**
 * How jobs are shared among replicas.
 *
 * @param slots jobs that one process works on at a time
 * @param poll how far apart the polls of the open jobs are, and the heartbeats
 * @param missed successive polls that find the same heartbeat before a lease holder counts as lost
 * @param maxLost lease holders lost in a row without progress before the job fails
 * @param maxFailures releases in a row because of a failure, without progress, before the job fails
 * @param stall how long work may show no progress
 */
public record JobSettings(int slots, Duration poll, int missed, int maxLost, int maxFailures, Duration stall) {
    private static final int MAX_FAILURES = 8;

    /** What the services use unless configured otherwise. */
    public static JobSettings standard() {
        return new JobSettings(1, Duration.ofSeconds(5), 6, 3, Duration.ofMinutes(5));
    }

    /** With 8 failures at most. */
    public JobSettings(int slots, Duration poll, int missed, int maxLost, Duration stall) {
        this(slots, poll, missed, maxLost, MAX_FAILURES, stall);
    }

    /** The same for jobs that only wait for others: they need no slot, and nothing in them hangs by itself. */
    public JobSettings withoutSlots() {
        return new JobSettings(Integer.MAX_VALUE, poll, missed, maxLost, maxFailures, ChronoUnit.FOREVER.getDuration());
    }

    public JobSettings {
        if (slots < 1 || missed < 1 || maxLost < 1 || maxFailures < 1 || poll.isNegative() || poll.isZero()) {
            throw new IllegalArgumentException("slots, poll, missed, maxLost and maxFailures must be above 0");
        }
    }

    /** Retries of a lease holder: never further apart than one poll. */
    public Retry retry() {
        Duration first = poll.dividedBy(20);
        return new Retry(first.isZero() ? poll : first, poll);
    }
}
