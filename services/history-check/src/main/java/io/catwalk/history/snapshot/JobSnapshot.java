package io.catwalk.history.snapshot;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.job.JobFold;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * One job.
 *
 * @param marked whether there is a marker under {@code open/}
 * @param heartbeats objects named by the number of a {@code claimed} entry
 * @param checkpoints of a run, named by their digests' hex
 * @param checkpointsExpired whether it is noted that those of a run are deleted for their age
 * @param indexed what the index says of it
 */
public record JobSnapshot(
        JobKind kind,
        Name id,
        JournalSnapshot journal,
        boolean marked,
        List<ObjectSummary> heartbeats,
        List<ObjectSummary> checkpoints,
        boolean checkpointsExpired,
        Indexed indexed) {
    public JobSnapshot {
        heartbeats = List.copyOf(heartbeats);
        checkpoints = List.copyOf(checkpoints);
    }

    /**
     * @param built whether the kind's index is said to have all jobs
     * @param places the job's, as a rule one
     * @param closed the number of the last entry, where the index has the job as closed; 0 where that can't be read
     */
    public record Indexed(boolean built, List<JobPlace> places, Optional<Long> closed) {
        public Indexed {
            places = List.copyOf(places);
        }
    }

    /** As {@code runs/r1}. */
    public String unit() {
        return kind.folder() + "/" + id;
    }

    /** The state after an entry; empty for one that this release can't read. */
    public static Optional<JobFold> fold(Numbered entry) {
        try {
            return Optional.of(JournalJson.record(entry.entry().fold(), JobFold.class));
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    public Optional<JobFold> newestFold() {
        return journal.newest().flatMap(JobSnapshot::fold);
    }

    /** Whether its end was asked for, or came before that. */
    public boolean isCancelledOrEnded() {
        return newestFold()
                .filter(fold -> fold.cancelled().isPresent() || fold.result().isPresent())
                .isPresent();
    }

    public boolean isClosed() {
        return journal.newest()
                .filter(newest -> newest.entry().kind() == EntryKind.CLOSED)
                .isPresent();
    }

    /** Whether all that is known of it is a cancel that came before its request: then it is no job yet. */
    public boolean isOnlyCancelled() {
        return journal.newest()
                        .filter(newest -> newest.entry().kind() == EntryKind.CANCELLED)
                        .isPresent()
                && newestFold().filter(fold -> fold.request().isEmpty()).isPresent();
    }
}
