package io.catwalk.ingestion.job;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

import io.catwalk.ingestion.source.SourceRefusedException;
import io.catwalk.ingestion.source.WantedSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the sources of waiting ingestions can be reached. They are polled on threads of their own, since an address that is
 * down takes its whole time-out, and again at doubling distances until an ingestion has read the source.
 */
final class SourceWatch {
    static final Duration FIRST_DISTANCE = Duration.ofSeconds(1);
    static final Duration LONGEST_DISTANCE = Duration.ofMinutes(5);
    /** After that long without a question nobody waits for a source any more. */
    static final Duration FORGOTTEN_AFTER = LONGEST_DISTANCE.multipliedBy(2);

    private static final String AWAY = "its source can't be reached; the service's log says why";
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final int MAX_POLLS = 32;
    private static final Finding UNKNOWN = new Finding.Away("its source is being looked for");

    private final Poll poll;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Runnable onFinding;
    private final Semaphore polls = new Semaphore(MAX_POLLS);
    private final Map<WantedSource, PollState> states = new ConcurrentHashMap<>();

    /**
     * @param executor runs one poll, on another thread
     * @param onFinding called when a source was found or refused
     */
    SourceWatch(Poll poll, Executor executor, LongSupplier nanoTime, Runnable onFinding) {
        this.poll = poll;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.onFinding = onFinding;
    }

    /** What is known of a source; never waits. A refusal is returned once: a later call may find another source there. */
    Finding finding(WantedSource wanted) {
        long now = nanoTime.getAsLong();
        PollState state =
                states.compute(wanted, (same, known) -> (known == null ? PollState.first(now) : known).askedAt(now));
        if (state.finding() instanceof Finding.Refused) {
            states.remove(wanted);
        } else if (state.isDue(now) && polls.tryAcquire()) {
            states.computeIfPresent(wanted, (same, known) -> known.withPolling());
            executor.execute(() -> pollNow(wanted));
        }
        return state.finding();
    }

    /** A source that was found couldn't be read after all. */
    void away(WantedSource wanted, String reason) {
        found(wanted, new Finding.Away(reason));
    }

    /** A source was read to its end: nobody waits for it. */
    void forget(WantedSource wanted) {
        states.remove(wanted);
    }

    private void pollNow(WantedSource wanted) {
        Finding finding = new Finding.Away("looking for it failed");
        try {
            finding = answer(wanted);
        } finally {
            polls.release();
            found(wanted, finding);
        }
        if (!(finding instanceof Finding.Away)) {
            onFinding.run();
        }
    }

    private Finding answer(WantedSource wanted) {
        try {
            poll.of(wanted);
            return new Finding.Found();
        } catch (SourceRefusedException e) {
            return new Finding.Refused(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Finding.Away(AwayText.of(e, AWAY, LOG));
        }
    }

    private void found(WantedSource wanted, Finding finding) {
        long now = nanoTime.getAsLong();
        states.compute(wanted, (same, known) -> (known == null ? PollState.first(now) : known).found(finding, now));
        states.values().removeIf(state -> now - state.asked() > FORGOTTEN_AFTER.toNanos());
    }

    /** What a poll finds. */
    sealed interface Finding {
        record Found() implements Finding {}

        /** It can't be reached, or wasn't polled yet. */
        record Away(String reason) implements Finding {}

        /** It will never give a dataset. */
        record Refused(String reason) implements Finding {}
    }

    /** Finds out whether a source is there. */
    @FunctionalInterface
    interface Poll {
        /**
         * @throws SourceRefusedException when it will never be
         * @throws IOException when it can't be reached
         */
        void of(WantedSource wanted) throws IOException;
    }

    /**
     * What is known of a source.
     *
     * @param failures since it was last read
     * @param due when it is to be polled again, in nanoseconds
     * @param asked when it was last queried, in nanoseconds
     */
    private record PollState(Finding finding, boolean polling, int failures, long due, long asked) {
        static PollState first(long now) {
            return new PollState(UNKNOWN, false, 0, now, now);
        }

        PollState askedAt(long now) {
            return new PollState(finding, polling, failures, due, now);
        }

        PollState withPolling() {
            return new PollState(finding, true, failures, due, asked);
        }

        PollState found(Finding newest, long now) {
            boolean away = newest instanceof Finding.Away;
            return new PollState(newest, false, away ? failures + 1 : failures, now + distance(failures), asked);
        }

        boolean isDue(long now) {
            return finding instanceof Finding.Away && !polling && now - due >= 0;
        }

        private static long distance(int failures) {
            return Math.min(FIRST_DISTANCE.toNanos() << Math.min(failures, 20), LONGEST_DISTANCE.toNanos());
        }
    }
}
