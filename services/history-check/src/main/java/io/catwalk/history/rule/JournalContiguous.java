package io.catwalk.history.rule;

import io.catwalk.history.snapshot.JournalSnapshot;

/** A journal's entries are numbered from 1 without a gap, and nothing else lies beside them. */
public final class JournalContiguous implements Rule<JournalSnapshot> {
    @Override
    public String name() {
        return "journal-contiguous";
    }

    @Override
    public void check(JournalSnapshot journal, Finder finder) {
        for (Gap gap : Gap.of(journal.numbers())) {
            finder.find(
                    journal.key(gap.first()),
                    "an entry, as there is entry " + gap.before(),
                    gap.first() == gap.before() - 1 ? "none" : "none, nor any up to " + (gap.before() - 1),
                    "restore the missing objects from the bucket's backup: readers stop at the gap");
        }
        journal.foreign()
                .forEach(key -> finder.find(
                        key,
                        "only entries, named as 00000001.json",
                        "another object",
                        "find out who writes below " + journal.folder() + ", and delete it"));
    }
}
