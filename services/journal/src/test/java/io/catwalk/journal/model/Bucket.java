package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.EntryKind;

/**
 * What stands in the bucket, but the heartbeats: of those only whether there was a new one matters, see {@link
 * Holder#sightings}.
 *
 * @param journal entry 1 first
 * @param marker whether the job is among the open ones
 * @param accepted whether it has its place in the index
 * @param closed whether the index tells how it ended
 */
record Bucket(List<Entry> journal, boolean marker, boolean accepted, boolean closed) {
    static final Bucket EMPTY = new Bucket(List.of(), false, false, false);

    Optional<Entry> entry(int number) {
        return Optional.of(number)
                .filter(known -> 1 <= known && known <= journal.size())
                .map(known -> journal.get(known - 1))
                .filter(entry -> entry != Entry.ABSENT);
    }

    boolean has(int number) {
        return entry(number).isPresent();
    }

    /** The number of the newest entry, 0 for none, as a search by halving finds it where none is missing. */
    int newest() {
        int number = journal.size();
        while (number > 0 && !has(number)) {
            number--;
        }
        return number;
    }

    Fold fold(int number) {
        return entry(number).map(Entry::fold).orElse(Fold.EMPTY);
    }

    boolean isClosed() {
        return entry(newest()).filter(entry -> entry.is(EntryKind.CLOSED)).isPresent();
    }

    /** With an entry in its place, whatever stood there. */
    Bucket with(int number, Entry entry) {
        List<Entry> entries = new ArrayList<>(journal);
        while (entries.size() < number) {
            entries.add(Entry.ABSENT);
        }
        entries.set(number - 1, entry);
        return new Bucket(List.copyOf(entries), marker, accepted, closed);
    }

    Bucket withMarker(boolean present) {
        return new Bucket(journal, present, accepted, closed);
    }

    Bucket withAccepted() {
        return accepted ? this : new Bucket(journal, marker, true, closed);
    }

    Bucket withClosed() {
        return closed ? this : new Bucket(journal, marker, accepted, true);
    }
}
