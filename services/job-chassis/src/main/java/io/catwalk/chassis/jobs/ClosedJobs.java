package io.catwalk.chassis.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobIndex;
import io.catwalk.objectstore.Name;

/**
 * Closed jobs as the index has them. What it says of those that were requested last is kept, as it was read, in bounded
 * number: a closed job doesn't change any more.
 */
final class ClosedJobs {
    private static final int MOST = 1000;
    private static final int MAX_BYTES = 4096;

    private final JobIndex index;
    private final Map<Name, byte[]> known = new LinkedHashMap<>(16, 0.75f, true);

    ClosedJobs(JobIndex index) {
        this.index = index;
    }

    /** Empty for a job that isn't closed, or of which the index doesn't know. May throw the store's exceptions. */
    Optional<Job> find(Name id) {
        Optional<byte[]> content = known(id).or(() -> index.closed(id));
        content.filter(end -> end.length <= MAX_BYTES).ifPresent(end -> keep(id, end));
        return content.flatMap(end -> index.job(id, end));
    }

    private Optional<byte[]> known(Name id) {
        synchronized (known) {
            return Optional.ofNullable(known.get(id));
        }
    }

    private void keep(Name id, byte[] end) {
        synchronized (known) {
            known.put(id, end);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}
