package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one primitive, create-if-absent, and the writes that are on their way. */
final class Appends {
    private final Optional<Defect> defect;

    Appends(Optional<Defect> defect) {
        this.defect = defect;
    }

    /** The entry, unless another stands in its place; then the state as it is. */
    State create(State state, Write write) {
        if (state.bucket().has(write.number()) && !defect.equals(Optional.of(Defect.OVERWRITES))) {
            return state;
        }
        State next =
                state.with(state.bucket().with(write.number(), write.entry())).withoutSightings();
        return next.withLate(next.late().stream()
                .filter(late -> !next.bucket().has(late.write().number()))
                .toList());
    }

    /** Whether a write could create its entry now. */
    static boolean isOpen(State state, Write write) {
        return !write.stands() && !state.bucket().has(write.number());
    }

    static boolean isLate(State state, int actor) {
        return state.late().stream().anyMatch(late -> late.actor() == actor);
    }

    static State addLate(State state, int actor, Write write) {
        List<LateWrite> late = new ArrayList<>(state.late());
        late.add(new LateWrite(actor, write));
        return state.withLate(late);
    }

    /** A late write lands: its writer, if it still tries, is then to find it. */
    State land(State state, int index) {
        LateWrite landing = state.late().get(index);
        State next = create(state, landing.write());
        int actor = landing.actor();
        if (actor == LateWrite.NOBODY) {
            return next;
        }
        Write standing = landing.write().standing();
        return actor < State.HOLDERS
                ? next.with(actor, next.holder(actor).withWrite(standing))
                : next.with(actor, next.client(actor).withWrite(standing));
    }

    /** The actor makes no such write again. */
    static State orphan(State state, int actor) {
        return state.withLate(state.late().stream()
                .map(late -> late.actor() == actor ? late.orphaned() : late)
                .toList());
    }

    /** The actor is killed while it makes its write: that may land. */
    static State orphan(State state, int actor, Optional<Write> pending) {
        return pending.isPresent() && isOpen(state, pending.get()) && !isLate(state, actor)
                ? addLate(state, LateWrite.NOBODY, pending.get())
                : orphan(state, actor);
    }
}
