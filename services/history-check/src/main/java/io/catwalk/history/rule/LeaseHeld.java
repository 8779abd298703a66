package io.catwalk.history.rule;

import java.util.Optional;

import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.JobFold;
import io.catwalk.journal.job.JobFold.LeaseHolder;

/** Only the holder of a job's lease appends its work: between two claims all such entries have one writer. */
public final class LeaseHeld implements Rule<JobSnapshot> {
    private static final String NEXT =
            "look for two replicas with one writer's name, and at the log of the second writer";

    @Override
    public String name() {
        return "lease-held";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        Optional<LeaseHolder> holder = Optional.empty();
        for (Numbered entry : job.journal().entries()) {
            Optional<LeaseHolder> stated = JobSnapshot.fold(entry).flatMap(JobFold::holder);
            EntryKind kind = entry.entry().kind();
            if (kind == EntryKind.CLAIMED) {
                LeaseHolder own = new LeaseHolder(entry.number(), entry.entry().writer());
                holder = Optional.of(own);
                expect(job, entry, own, stated, finder);
            } else if (isOfHolder(kind) && job.journal().isWhole()) {
                String writer = holder.map(LeaseHolder::writer).orElse("a claim before it");
                if (!writer.equals(entry.entry().writer())) {
                    finder.find(
                            job.journal().key(entry.number()),
                            "the writer " + writer,
                            entry.entry().writer(),
                            NEXT);
                }
                if (kind == EntryKind.RELEASED) {
                    holder = Optional.empty();
                }
            }
        }
    }

    private static void expect(
            JobSnapshot job, Numbered entry, LeaseHolder own, Optional<LeaseHolder> stated, Finder finder) {
        if (!stated.equals(Optional.of(own))) {
            finder.find(
                    job.journal().key(entry.number()),
                    "the lease holder " + own,
                    stated.map(Object::toString).orElse("none"),
                    NEXT);
        }
    }

    private static boolean isOfHolder(EntryKind kind) {
        return switch (kind) {
            case PROGRESS, RELEASED, RESULT, CLOSED -> true;
            case ACCEPTED, CLAIMED, CANCELLED, DECIDED -> false;
        };
    }
}
