package io.catwalk.journal.model;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.journal.model.Holder.Phase;

/** What lease holders do: {@code JobRunner}, {@code ClaimedJob} and {@code Outbox}, call by call. */
final class HolderSteps {
    private final Bounds bounds;
    private final Optional<Defect> defect;
    private final HolderAppends appends;

    HolderSteps(Bounds bounds, Optional<Defect> defect) {
        this.bounds = bounds;
        this.defect = defect;
        this.appends = new HolderAppends(bounds, defect);
    }

    void addTo(State state, int actor, BiConsumer<Action, State> steps) {
        Holder holder = state.holder(actor);
        switch (holder.phase()) {
            case IDLE -> polled(state, actor).ifPresent(after -> steps.accept(new Action.Poll(actor), after));
            case CLAIM, RECORD, CONCLUDE, RELEASE, CLOSE -> appends.addTo(state, actor, steps);
            case WORK -> addWork(state, actor, steps);
            case AWAIT -> {}
            case CHECK, INDEX, UNMARK -> steps.accept(new Action.Call(actor, Delivery.ONCE), called(state, actor));
        }
        if (holder.hasClaim()) {
            addPublications(state, actor, steps);
        }
        if (holder.phase() == Phase.WORK || holder.phase() == Phase.AWAIT) {
            steps.accept(new Action.Beat(actor), beaten(state, actor));
        }
        boolean owns = state.bucket().fold(state.bucket().newest()).holder() == holder.writer();
        if ((holder.phase() != Phase.IDLE || owns) && allows(state, Disturbance.CRASH)) {
            steps.accept(new Action.Crash(actor), crashed(state.disturbed(), actor));
        }
    }

    /** Empty where the poll would find a live holder lost, and no more may be paused. */
    private Optional<State> polled(State before, int actor) {
        Holder holder = before.holder(actor);
        if (!before.bucket().marker()) {
            return Optional.of(before.with(actor, holder.withSightings(0)));
        }
        State state = before.with(before.bucket().withAccepted());
        int number = state.bucket().newest();
        Optional<Entry> newest = state.bucket().entry(number);
        if (newest.isEmpty()) {
            return Optional.of(state);
        }
        if (newest.get().is(EntryKind.CLOSED)) {
            return Optional.of(state.with(actor, holder.with(Phase.INDEX)));
        }
        Fold fold = newest.get().fold();
        if (fold.claimed() == 0 || fold.holder() == holder.writer()) {
            return Optional.of(claiming(state, actor, number));
        }
        if (holder.sightings() + 1 < bounds.missed() || holder.sightings() == 0) {
            return Optional.of(state.with(actor, holder.withSightings(holder.sightings() + 1)));
        }
        if (is(Defect.WAITS_FOR_THE_DEAD)) {
            return Optional.empty();
        }
        boolean live = state.holders().stream().anyMatch(other -> other.claimed() == fold.claimed());
        State lost = state.with(actor, holder.withSightings(bounds.missed()));
        if (live) {
            return Optional.of(lost)
                    .filter(paused -> allows(paused, Disturbance.PAUSE))
                    .map(paused -> claiming(paused.disturbed(), actor, number));
        }
        return Optional.of(claiming(lost, actor, number));
    }

    private State claiming(State state, int actor, int number) {
        Holder holder = state.holder(actor);
        Entry newest = state.bucket().entry(number).orElseThrow();
        Fold fold = is(Defect.STARTS_AGAIN) ? newest.fold().withoutSteps() : newest.fold();
        boolean over = fold.outcome().isPresent() && !is(Defect.WORKS_AFTER_RESULT);
        boolean forWork = !over && !fold.cancelled() && fold.lostWhenClaimedBy(holder.writer()) <= bounds.maxLost();
        Entry claim = new Entry(
                EntryKind.CLAIMED,
                holder.writer(),
                forWork,
                newest.published(),
                fold.withLease(number + 1, holder.writer()));
        return state.with(actor, holder.with(Phase.CLAIM, new Write(number + 1, claim)));
    }

    private void addWork(State state, int actor, BiConsumer<Action, State> steps) {
        Holder holder = state.holder(actor);
        Fold fold = state.bucket().fold(holder.known());
        boolean ended = holder.lost() || fold.cancelled();
        if (ended || fold.step() == bounds.steps()) {
            steps.accept(new Action.Work(actor), appends.concluding(state, actor, Outcome.SUCCEEDED));
        } else {
            steps.accept(new Action.Work(actor), appends.recording(state, actor));
        }
        if (!ended && allows(state, Disturbance.RELEASE)) {
            steps.accept(new Action.GiveBack(actor), appends.releasing(state.disturbed(), actor));
        }
    }

    /** After its work: the job is closed, or another holder's affair. Without a claim: it was polled, and is closed. */
    private State called(State state, int actor) {
        Holder holder = state.holder(actor);
        Bucket bucket = state.bucket();
        return switch (holder.phase()) {
            case CHECK -> {
                Phase next = is(Defect.UNMARKS_BEFORE_INDEXING) ? Phase.UNMARK : Phase.INDEX;
                yield bucket.isClosed() || is(Defect.UNMARKS_UNREAD)
                        ? state.with(actor, holder.with(next))
                        : state.with(actor, holder.polling());
            }
            case INDEX -> state.with(bucket.withClosed()).with(actor, holder.with(Phase.UNMARK));
            case UNMARK -> state.with(bucket.withMarker(false)).with(actor, holder.polling());
            case IDLE, CLAIM, WORK, RECORD, CONCLUDE, RELEASE, AWAIT, CLOSE ->
                throw new IllegalStateException(holder.toString());
        };
    }

    private void addPublications(State state, int actor, BiConsumer<Action, State> steps) {
        Holder holder = state.holder(actor);
        int number = Outboxes.next(state, holder);
        if (number == Outboxes.NOTHING) {
            return;
        }
        Publication event = new Publication(number, state.bucket().entry(number).orElseThrow());
        State acknowledged = state.with(event).with(actor, holder.withPublished(number));
        steps.accept(new Action.Publish(actor, true), appends.awaiting(acknowledged, actor));
        if (allows(state, Disturbance.LOST_ACKNOWLEDGEMENT)) {
            State unacknowledged = is(Defect.TRUSTS_THE_BROKER)
                    ? appends.awaiting(state.with(actor, holder.withPublished(number)), actor)
                    : state.with(event);
            steps.accept(new Action.Publish(actor, false), unacknowledged.disturbed());
        }
    }

    private State beaten(State state, int actor) {
        Holder holder = state.holder(actor);
        Bucket bucket = state.bucket();
        boolean current = bucket.fold(bucket.newest()).claimed() == holder.claimed();
        State seen = current ? state.withoutSightings() : state;
        return seen.with(actor, appends.caughtUp(bucket, seen.holder(actor)));
    }

    private static State crashed(State state, int actor) {
        Holder holder = state.holder(actor);
        return Appends.orphan(state, actor, holder.write()).with(actor, Holder.idle(holder.writer() + State.HOLDERS));
    }

    private boolean allows(State state, Disturbance kind) {
        return state.disturbances() > 0 && bounds.kinds().contains(kind);
    }

    private boolean is(Defect other) {
        return defect.equals(Optional.of(other));
    }
}
