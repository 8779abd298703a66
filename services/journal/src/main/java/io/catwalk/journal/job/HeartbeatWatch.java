package io.catwalk.journal.job;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;

/**
 * Finds lost lease holders without comparing clocks: one is lost when its heartbeat, or the absence of one, was the same over
 * enough successive polls. A failed poll or a new entry starts the count again.
 */
final class HeartbeatWatch {
    private final Jobs jobs;
    private final int missed;
    private final Duration poll;
    private final LongSupplier nanoTime;
    private final Map<Name, Sighting> sightings = new HashMap<>();

    HeartbeatWatch(Jobs jobs, int missed, Duration poll, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.missed = missed;
        this.poll = poll;
        this.nanoTime = nanoTime;
    }

    /** Reads a claimed job's heartbeat, and compares it with the last one. */
    boolean isLost(Job job) {
        Optional<String> heartbeat;
        try {
            heartbeat = jobs.heartbeat(job);
        } catch (StoreUnavailableException e) {
            sightings.remove(job.id());
            throw e;
        }
        long now = nanoTime.getAsLong();
        Sighting last = sightings.get(job.id());
        if (last == null
                || last.entry() != job.newest().number()
                || !last.heartbeat().equals(heartbeat)) {
            sightings.put(job.id(), new Sighting(job.newest().number(), heartbeat, 1, now));
            return false;
        }
        if (now - last.at() >= poll.toNanos() && last.count() < missed) {
            last = new Sighting(last.entry(), heartbeat, last.count() + 1, now);
            sightings.put(job.id(), last);
        }
        return last.count() >= missed;
    }

    /** Forgets all jobs but these. */
    void retain(Collection<Name> open) {
        sightings.keySet().retainAll(open);
    }

    private record Sighting(long entry, Optional<String> heartbeat, int count, long at) {}
}
