package io.catwalk.journal.model;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.journal.model.Holder.Phase;

/** A lease holder's appends, and what follows on their answers. */
final class HolderAppends {
    /** How often a claim is tried. */
    private static final int ATTEMPTS = 3;

    private final Bounds bounds;
    private final Optional<Defect> defect;
    private final Appends appends;

    HolderAppends(Bounds bounds, Optional<Defect> defect) {
        this.bounds = bounds;
        this.defect = defect;
        this.appends = new Appends(defect);
    }

    void addTo(State state, int actor, BiConsumer<Action, State> steps) {
        Holder holder = state.holder(actor);
        Write write = holder.write().orElseThrow();
        boolean open = Appends.isOpen(state, write);
        State created = appends.create(state, write);
        boolean own = write.stands() || open || is(Defect.KNOWS_NO_NONCE) || is(Defect.OVERWRITES);
        State answered = own ? appended(created, actor, write) : overtaken(created, actor);
        steps.accept(new Action.Append(actor, Delivery.ONCE), answered);
        steps.accept(new Action.Append(actor, Delivery.TWICE), answered);
        if (!open) {
            return;
        }
        if (allows(state, Disturbance.LOST_ANSWER)) {
            steps.accept(
                    new Action.Append(actor, Delivery.UNANSWERED),
                    unanswered(created.disturbed(), actor, write.standing()));
        }
        if (!Appends.isLate(state, actor) && allows(state, Disturbance.LATE_WRITE)) {
            steps.accept(
                    new Action.Append(actor, Delivery.LATE),
                    unanswered(Appends.addLate(state.disturbed(), actor, write), actor, write));
        }
        // Another attempt changes nothing, except that those of a claim are counted.
        if (holder.phase() == Phase.CLAIM && allows(state, Disturbance.LOST_CALL)) {
            steps.accept(new Action.Append(actor, Delivery.LOST), unanswered(state.disturbed(), actor, write));
        }
    }

    State recording(State state, int actor) {
        Holder holder = state.holder(actor);
        Fold fold = state.bucket().fold(holder.known());
        State next = drafted(state, actor, Phase.RECORD, EntryKind.PROGRESS, true, fold.withNextStep());
        if (!is(Defect.PUBLISHES_FIRST)) {
            return next;
        }
        Write write = next.holder(actor).write().orElseThrow();
        return next.with(new Publication(write.number(), write.entry()));
    }

    State releasing(State state, int actor) {
        Fold fold = state.bucket().fold(state.holder(actor).known());
        return drafted(state, actor, Phase.RELEASE, EntryKind.RELEASED, false, fold.withoutLease());
    }

    /** @param outcome unless the job is known to be cancelled, or lost */
    State concluding(State state, int actor, Outcome outcome) {
        Holder holder = state.holder(actor);
        if (holder.lost()) {
            return ended(state, actor);
        }
        Fold fold = state.bucket().fold(holder.known());
        Outcome valid = fold.cancelled() && !is(Defect.CONCLUDES_OVER_A_CANCEL) ? Outcome.CANCELLED : outcome;
        return drafted(state, actor, Phase.CONCLUDE, EntryKind.RESULT, true, fold.withOutcome(valid));
    }

    /** The holder, once it has read what others have appended. */
    Holder caughtUp(Bucket bucket, Holder holder) {
        Holder next = holder;
        while (!next.lost() && bucket.has(next.known() + 1)) {
            int number = next.known() + 1;
            boolean obeys = bucket.entry(number).orElseThrow().is(EntryKind.CANCELLED) || is(Defect.KNOWS_NO_FENCE);
            next = obeys ? next.withKnown(number, false) : next.withKnown(next.known(), true);
        }
        return next;
    }

    /** Once all is acknowledged a holder that waits for that closes the journal. */
    State awaiting(State state, int actor) {
        Holder holder = state.holder(actor);
        boolean waits = Outboxes.next(state, holder) != Outboxes.NOTHING && !is(Defect.CLOSES_BEFORE_PUBLISHING);
        return holder.phase() != Phase.AWAIT || waits ? state : closing(state, actor);
    }

    private State closing(State state, int actor) {
        Holder holder = state.holder(actor);
        return holder.lost()
                ? state.with(actor, holder.with(Phase.CHECK))
                : drafted(
                        state,
                        actor,
                        Phase.CLOSE,
                        EntryKind.CLOSED,
                        false,
                        state.bucket().fold(holder.known()));
    }

    private State drafted(State state, int actor, Phase phase, EntryKind kind, boolean event, Fold fold) {
        Holder holder = state.holder(actor);
        Entry entry = new Entry(kind, holder.writer(), event, holder.published(), fold);
        return state.with(actor, holder.with(phase, new Write(holder.known() + 1, entry)));
    }

    private State appended(State state, int actor, Write write) {
        Holder holder = state.holder(actor);
        State known = state.with(actor, holder.withKnown(write.number(), false));
        return switch (holder.phase()) {
            case CLAIM -> claimed(state, actor, write);
            case RECORD -> known.with(actor, known.holder(actor).with(Phase.WORK));
            case CONCLUDE -> awaiting(known.with(actor, known.holder(actor).with(Phase.AWAIT)), actor);
            case RELEASE -> ended(known, actor);
            case CLOSE -> known.with(actor, known.holder(actor).with(Phase.CHECK));
            case IDLE, WORK, AWAIT, CHECK, INDEX, UNMARK -> throw new IllegalStateException(holder.toString());
        };
    }

    private State claimed(State state, int actor, Write write) {
        Entry entry = write.entry();
        int published = is(Defect.FORGETS_ITS_PREDECESSOR) ? write.number() - 1 : entry.published();
        Holder holder = state.holder(actor).withClaim(write.number(), published);
        if (entry.event()) {
            return state.with(actor, holder.with(Phase.WORK));
        }
        return entry.fold().outcome().isPresent()
                ? awaiting(state.with(actor, holder.with(Phase.AWAIT)), actor)
                : concluding(state.with(actor, holder), actor, Outcome.FAILED);
    }

    private State overtaken(State state, int actor) {
        Holder holder = state.holder(actor);
        if (holder.phase() == Phase.CLAIM) {
            return ended(state, actor);
        }
        Write write = holder.write().orElseThrow();
        State known = state.with(actor, caughtUp(state.bucket(), holder));
        boolean lost = known.holder(actor).lost();
        return switch (holder.phase()) {
            case RECORD -> {
                boolean cancelled =
                        known.bucket().fold(known.holder(actor).known()).cancelled();
                yield lost || cancelled ? concluding(known, actor, Outcome.CANCELLED) : recording(known, actor);
            }
            case CONCLUDE ->
                concluding(known, actor, write.entry().fold().outcome().orElseThrow());
            case RELEASE -> lost ? ended(known, actor) : releasing(known, actor);
            case CLOSE -> closing(known, actor);
            case IDLE, CLAIM, WORK, AWAIT, CHECK, INDEX, UNMARK -> throw new IllegalStateException(holder.toString());
        };
    }

    private State unanswered(State state, int actor, Write write) {
        Holder holder = state.holder(actor);
        if (is(Defect.LOST_ANSWER_IS_SUCCESS)) {
            return appended(Appends.orphan(state, actor), actor, write);
        }
        if (is(Defect.LOST_ANSWER_IS_FAILURE) && holder.phase() != Phase.CLAIM) {
            Holder own = holder.withKnown(state.bucket().newest(), false);
            return overtaken(Appends.orphan(state, actor).with(actor, own), actor);
        }
        if (holder.phase() != Phase.CLAIM) {
            return state.with(actor, holder.withWrite(write));
        }
        return holder.attempts() + 1 < ATTEMPTS
                ? state.with(actor, holder.withWrite(write).withAttempts(holder.attempts() + 1))
                : ended(Appends.orphan(state, actor), actor);
    }

    private static State ended(State state, int actor) {
        return state.with(actor, state.holder(actor).polling());
    }

    private boolean allows(State state, Disturbance kind) {
        return state.disturbances() > 0 && bounds.kinds().contains(kind);
    }

    private boolean is(Defect other) {
        return defect.equals(Optional.of(other));
    }
}
