package io.catwalk.history.rule;

import io.catwalk.history.snapshot.JournalSnapshot;
import io.catwalk.journal.Entry;

/** Each entry is one of the format that this release knows. */
public final class JournalReadable implements Rule<JournalSnapshot> {
    @Override
    public String name() {
        return "journal-readable";
    }

    @Override
    public void check(JournalSnapshot journal, Finder finder) {
        journal.unreadable()
                .forEach(
                        entry -> finder.find(
                                journal.key(entry.number()),
                                "an entry of schema " + Entry.SCHEMA,
                                entry.why(),
                                "restore the object from the bucket's backup; if a later release wrote it, check with that one"));
    }
}
