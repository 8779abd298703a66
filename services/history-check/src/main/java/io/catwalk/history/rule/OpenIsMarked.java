package io.catwalk.history.rule;

import io.catwalk.history.snapshot.JobSnapshot;

/** A job that isn't closed has a marker, by which replicas find it; a closed one has none. */
public final class OpenIsMarked implements Rule<JobSnapshot> {
    @Override
    public String name() {
        return "open-marked";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        String marker = "open/" + job.unit();
        if (job.journal().newest().isEmpty() || job.isOnlyCancelled()) {
            return;
        }
        if (!job.isClosed() && !job.marked()) {
            finder.find(
                    job.unit(),
                    "a marker " + marker + ", as the job isn't closed",
                    "none: no replica will take it",
                    "request the job again under its id: its acceptance puts the marker");
        }
        if (job.isClosed() && job.marked()) {
            finder.find(
                    marker,
                    "no marker, as the job is closed",
                    "a marker",
                    "see that the kind's service runs: its next poll deletes the marker");
        }
    }
}
