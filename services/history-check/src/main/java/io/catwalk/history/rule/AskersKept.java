package io.catwalk.history.rule;

import java.util.Optional;

import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.JobFold;

/** Who asked for a job, and who for its end, stays as the first entry has it that says so. Entries of earlier releases say nothing. */
public final class AskersKept implements Rule<JobSnapshot> {
    @Override
    public String name() {
        return "askers-kept";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        Optional<Asker> asked = Optional.empty();
        Optional<Asker> cancelled = Optional.empty();
        for (Numbered entry : job.journal().entries()) {
            Optional<JobFold> fold = JobSnapshot.fold(entry);
            String key = job.journal().key(entry.number());
            asked = kept("askedBy", asked, fold.flatMap(JobFold::askedBy), key, finder);
            cancelled = kept("cancelledBy", cancelled, fold.flatMap(JobFold::cancelledBy), key, finder);
        }
    }

    private static Optional<Asker> kept(
            String field, Optional<Asker> known, Optional<Asker> stated, String key, Finder finder) {
        if (known.isPresent() && stated.isPresent() && !stated.equals(known)) {
            finder.find(
                    key,
                    field + " as the first entry has it that names one, " + known.get(),
                    stated.get().toString(),
                    "find out who wrote the entry; the first one says who asked");
        }
        return known.or(() -> stated);
    }
}
