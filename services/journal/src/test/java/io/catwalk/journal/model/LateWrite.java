package io.catwalk.journal.model;

/**
 * A write that is on its way while nobody waits for this answer.
 *
 * @param actor which may make the same write again; {@link #NOBODY} once it won't
 */
record LateWrite(int actor, Write write) {
    static final int NOBODY = -1;

    LateWrite orphaned() {
        return new LateWrite(NOBODY, write);
    }
}
