package io.catwalk.history.rule;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.JobFold;

/**
 * A job is accepted once, has at most one result, and is closed at most once: after its result, with nothing after it. What one
 * entry says of request and result, all later ones say too.
 */
public final class EndedOnce implements Rule<JobSnapshot> {
    private static final String NEXT =
            "compare the writers of these entries and the store's versions of the objects; restore them from the backup";

    @Override
    public String name() {
        return "ended-once";
    }

    @Override
    public void check(JobSnapshot job, Finder finder) {
        List<Numbered> entries = job.journal().entries();
        atMostOne(job, EntryKind.ACCEPTED, finder);
        atMostOne(job, EntryKind.RESULT, finder);
        atMostOne(job, EntryKind.CLOSED, finder);
        beginsWithItsRequest(job, finder);
        closesAtItsEnd(job, finder);
        for (int at = 1; at < entries.size(); at++) {
            follows(job, entries.get(at - 1), entries.get(at), finder);
        }
    }

    private static void atMostOne(JobSnapshot job, EntryKind kind, Finder finder) {
        List<Numbered> some = ofKind(job, kind);
        if (some.size() > 1) {
            finder.find(
                    job.journal().key(some.get(1).number()),
                    "one entry " + kind.name().toLowerCase(Locale.ROOT),
                    "entries " + some.stream().map(Numbered::number).toList(),
                    NEXT);
        }
    }

    private static void beginsWithItsRequest(JobSnapshot job, Finder finder) {
        job.journal()
                .entry(1)
                .filter(first -> !isBegin(first.entry().kind()))
                .ifPresent(first -> finder.find(
                        job.journal().key(1),
                        "accepted, or a cancel that came before it",
                        first.entry().kind().toString(),
                        NEXT));
        if (job.journal().isWhole()
                && !job.isOnlyCancelled()
                && ofKind(job, EntryKind.ACCEPTED).isEmpty()) {
            finder.find(
                    job.unit(),
                    "an entry accepted",
                    "none of " + job.journal().numbers().size() + " entries",
                    NEXT);
        }
    }

    private static boolean isBegin(EntryKind kind) {
        return kind == EntryKind.ACCEPTED || kind == EntryKind.CANCELLED;
    }

    private static void closesAtItsEnd(JobSnapshot job, Finder finder) {
        for (Numbered closed : ofKind(job, EntryKind.CLOSED)) {
            if (closed.number() != job.journal().numbers().getLast()) {
                finder.find(
                        job.journal().key(closed.number() + 1),
                        "nothing after the job was closed by entry " + closed.number(),
                        "an entry",
                        NEXT);
            }
            if (job.journal().isWhole() && ofKind(job, EntryKind.RESULT).isEmpty()) {
                finder.find(job.journal().key(closed.number()), "a result before the job is closed", "none", NEXT);
            }
        }
    }

    private static void follows(JobSnapshot job, Numbered before, Numbered after, Finder finder) {
        Optional<JobFold> earlier = JobSnapshot.fold(before);
        Optional<JobFold> later = JobSnapshot.fold(after);
        if (earlier.isEmpty() || later.isEmpty()) {
            return;
        }
        String key = job.journal().key(after.number());
        if (earlier.get().request().isPresent()
                && !(earlier.get().request().equals(later.get().request())
                        && earlier.get().requestDigest().equals(later.get().requestDigest()))) {
            finder.find(
                    key,
                    "the request of entry " + before.number() + ", "
                            + earlier.get().requestDigest(),
                    later.get().requestDigest(),
                    NEXT);
        }
        if (earlier.get().result().isPresent()
                && !earlier.get().result().equals(later.get().result())) {
            finder.find(
                    key,
                    "the result of entry " + before.number() + ", "
                            + earlier.get().result().get(),
                    later.get().result().map(Object::toString).orElse("none"),
                    NEXT);
        }
        if (after.entry().published() < before.entry().published()
                || after.entry().published() >= after.number()) {
            finder.find(
                    key,
                    "published from %d to %d".formatted(before.entry().published(), after.number() - 1),
                    Long.toString(after.entry().published()),
                    NEXT);
        }
    }

    private static List<Numbered> ofKind(JobSnapshot job, EntryKind kind) {
        return job.journal().entries().stream()
                .filter(entry -> entry.entry().kind() == kind)
                .toList();
    }
}
