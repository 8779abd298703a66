package io.catwalk.journal.model;

import io.catwalk.journal.EntryKind;

/**
 * An entry of the job's journal.
 *
 * @param writer the process that appended it
 * @param event whether it is published as an event, whose id is its number
 * @param published the newest event that its writer knows to be acknowledged, with all before it; 0 for none
 */
record Entry(EntryKind kind, int writer, boolean event, int published, Fold fold) {
    /** Nothing stands there, but something behind it. */
    static final Entry ABSENT = new Entry(EntryKind.DECIDED, 0, false, 0, Fold.EMPTY);

    boolean is(EntryKind other) {
        return kind == other;
    }

    /** Whether all that the journal says is that a request yet to come is cancelled. */
    boolean isOnlyCancel() {
        return is(EntryKind.CANCELLED) && !fold.requested();
    }
}
