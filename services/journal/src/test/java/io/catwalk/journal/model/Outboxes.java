package io.catwalk.journal.model;

/** What a lease holder has yet to publish. */
final class Outboxes {
    static final int NOTHING = 0;

    private Outboxes() {}

    /** The number of the next entry that it knows and that is published as an event. */
    static int next(State state, Holder holder) {
        for (int number = holder.published() + 1; number <= holder.known(); number++) {
            if (state.bucket().entry(number).filter(Entry::event).isPresent()) {
                return number;
            }
        }
        return NOTHING;
    }
}
