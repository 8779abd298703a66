package io.catwalk.history.rule;

import io.catwalk.history.snapshot.JobSnapshot;

/** A marked job is one that a replica could take: its newest entry can be read, and so can all that is yet to be published. */
public final class OpenIsTakeable implements Rule<JobSnapshot> {
    @Override
    public String name() {
        return "open-takeable";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        if (!job.marked()) {
            return;
        }
        long published =
                job.journal().newest().map(newest -> newest.entry().published()).orElse(0L);
        boolean hidden = job.journal().unreadable().stream().anyMatch(entry -> entry.number() > published);
        if (job.journal().newest().isEmpty() || job.newestFold().isEmpty() || hidden) {
            finder.find(
                    "open/" + job.unit(),
                    "a job whose entries after " + published + " can be read",
                    job.journal().numbers().isEmpty() ? "no entries" : "entries that can't be",
                    "mend its journal as the other findings of " + job.unit() + " say: every replica leaves it alone");
        } else if (job.isOnlyCancelled()) {
            finder.find(
                    "open/" + job.unit(),
                    "a job with a request",
                    "only a cancel",
                    "delete the marker; the request puts it again when it comes");
        }
    }
}
