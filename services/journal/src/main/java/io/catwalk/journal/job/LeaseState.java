package io.catwalk.journal.job;

import java.util.Optional;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.LeaseEndedException.Cause;

/**
 * What the lease holder knows of its lease. Each transition returns the next state; a lost lease has no next one.
 *
 * @param job as of the newest entry that the lease holder has appended or obeyed
 * @param cause the first in their order of the causes that are known to end the lease
 */
record LeaseState(Job job, Optional<Cause> cause) {
    /** @param job as of the lease holder's own {@code claimed} entry */
    static LeaseState claimed(Job job) {
        return new LeaseState(job, job.fold().cancelled().map(reason -> Cause.CANCELLED));
    }

    /** The last cause that forbids a conclusion, for {@link #require}: a cancel does, unless the conclusion knows of it. */
    static Cause lastBeforeConclusion(boolean knowsCancel) {
        return knowsCancel ? Cause.LOST : Cause.CANCELLED;
    }

    boolean isLost() {
        return cause.equals(Optional.of(Cause.LOST));
    }

    /** The lease holder's own entry is the journal's newest. */
    LeaseState appended(Numbered entry) {
        return isLost() ? this : new LeaseState(Job.of(job.id(), entry), cause);
    }

    /** Another writer's entry follows: a cancel is obeyed, any other means that the job is another lease holder's. */
    LeaseState read(Numbered entry) {
        if (isLost() || entry.entry().kind() != EntryKind.CANCELLED) {
            return ended(Cause.LOST);
        }
        return new LeaseState(Job.of(job.id(), entry), cause).ended(Cause.CANCELLED);
    }

    /** An entry follows that this release can't read. */
    LeaseState readUnknown() {
        return ended(Cause.LOST);
    }

    LeaseState deadlinePassed() {
        return ended(Cause.DEADLINE_EXCEEDED);
    }

    LeaseState releaseAsked() {
        return ended(Cause.RELEASE);
    }

    /** @throws LeaseEndedException when the lease has ended by this cause, or by one before it in their order */
    void require(Cause last) throws LeaseEndedException {
        if (cause.isPresent() && cause.get().compareTo(last) <= 0) {
            throw new LeaseEndedException(cause.get());
        }
    }

    private LeaseState ended(Cause other) {
        return cause.isPresent() && cause.get().compareTo(other) <= 0 ? this : new LeaseState(job, Optional.of(other));
    }
}
