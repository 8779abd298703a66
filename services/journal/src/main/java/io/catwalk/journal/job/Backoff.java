package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import io.catwalk.objectstore.Name;

/**
 * Which jobs are left alone for a while, each by itself: those with which this process failed, and those that a lease holder
 * released because of a failure. The wait is a poll after the first failure in a row, doubles with each, and is 64 polls at most.
 * It is measured by this process's own timer from when it saw the failure, so no clocks are compared.
 */
final class Backoff {
    private static final int LONGEST_SHIFT = 6;

    private final Duration poll;
    private final LongSupplier nanoTime;
    private final Map<Name, Wait> failures = new ConcurrentHashMap<>();
    private final Map<Name, Release> releases = new ConcurrentHashMap<>();

    Backoff(Duration poll, LongSupplier nanoTime) {
        this.poll = poll;
        this.nanoTime = nanoTime;
    }

    /** This process failed with a job: to read it, to check whether it is ready, to claim it or to end it. */
    void failed(Name id) {
        long now = nanoTime.getAsLong();
        failures.merge(id, new Wait(1, now), (last, unused) -> new Wait(last.failures() + 1, now));
    }

    void succeeded(Name id) {
        failures.remove(id);
    }

    /** Whether this process failed with a job when it last tried. */
    boolean hasFailed(Name id) {
        return failures.containsKey(id);
    }

    /** Whether it is too early to try a job again with which this process failed. */
    boolean waits(Name id) {
        Wait wait = failures.get(id);
        return wait != null && !isOver(wait);
    }

    /** Whether it is too early to work on a job that its last lease holder released because of a failure. */
    boolean waitsAfterRelease(Job job) {
        int count = job.fold().failures().map(JobFold.Failures::releases).orElse(0);
        if (count == 0 || job.fold().holder().isPresent()) {
            releases.remove(job.id());
            return false;
        }
        long entry = job.newest().number();
        Release seen = releases.compute(
                job.id(),
                (id, known) -> known != null && known.entry() == entry
                        ? known
                        : new Release(entry, new Wait(count, nanoTime.getAsLong())));
        return !isOver(seen.after());
    }

    /** How many jobs there are with which this process failed. */
    int failing() {
        return failures.size();
    }

    /** Forgets all jobs but these. */
    void retain(Collection<Name> open) {
        failures.keySet().retainAll(open);
        releases.keySet().retainAll(open);
    }

    private boolean isOver(Wait wait) {
        int doublings = Math.min(wait.failures() - 1, LONGEST_SHIFT);
        return nanoTime.getAsLong() - wait.since() >= poll.toNanos() << doublings;
    }

    private record Wait(int failures, long since) {}

    private record Release(long entry, Wait after) {}
}
