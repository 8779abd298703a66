package io.catwalk.history;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.history.snapshot.BucketReader;
import io.catwalk.history.snapshot.JobStand;

/** How jobs stand, as this look has read them; one that it hasn't read yet is read when it is asked for. */
final class JobStands {
    private final Map<String, JobStand> known = new ConcurrentHashMap<>();
    private final BucketReader bucket;

    JobStands(BucketReader bucket) {
        this.bucket = bucket;
    }

    void put(String unit, JobStand stand) {
        known.put(unit, stand);
    }

    /** @param unit as {@code runs/r1}; empty for one without a journal, or whose newest entry can't be read */
    Optional<JobStand> of(String unit) {
        JobStand read = known.get(unit);
        if (read != null) {
            return Optional.of(read);
        }
        Optional<JobStand> stand = bucket.stand(unit);
        stand.ifPresent(now -> known.put(unit, now));
        return stand;
    }
}
