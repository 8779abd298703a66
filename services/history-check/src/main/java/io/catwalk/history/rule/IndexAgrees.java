package io.catwalk.history.rule;

import java.time.temporal.ChronoUnit;
import java.util.List;

import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.job.JobPlace;

/**
 * The index has each job at the time of its first entry, and each closed one with its last entry. Where the index isn't built
 * yet it may lack jobs.
 */
public final class IndexAgrees implements Rule<JobSnapshot> {
    @Override
    public String name() {
        return "index-agrees";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        String next = "delete index/" + job.kind().folder() + "/ with all below it: the service builds it anew";
        if (job.journal().entry(1).isEmpty() || job.isOnlyCancelled()) {
            return;
        }
        JobPlace place =
                new JobPlace(job.id(), job.journal().entry(1).get().appended().truncatedTo(ChronoUnit.SECONDS));
        List<JobPlace> places = job.indexed().places();
        if (!places.equals(List.of(place)) && (job.indexed().built() || !places.isEmpty())) {
            finder.find(
                    "index/" + job.kind().folder() + "/accepted/ " + job.id(),
                    "one place, " + place.token(),
                    places.stream().map(JobPlace::token).toList().toString(),
                    next);
        }
        String closed = "index/" + job.kind().folder() + "/closed/" + job.id();
        if (job.isClosed()
                && job.indexed().built()
                && !job.marked()
                && job.indexed().closed().isEmpty()) {
            finder.find(closed, "how the job ended, as it is closed", "nothing", next);
        }
        job.indexed().closed().ifPresent(number -> {
            if (!job.isClosed() || job.journal().numbers().getLast() != number.longValue()) {
                finder.find(
                        closed,
                        job.isClosed()
                                ? "entry " + job.journal().numbers().getLast()
                                : "nothing, as the job isn't closed",
                        "entry " + number,
                        next);
            }
        });
    }
}
