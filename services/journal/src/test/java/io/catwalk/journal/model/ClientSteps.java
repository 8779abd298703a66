package io.catwalk.journal.model;

import java.util.Optional;
import java.util.function.BiConsumer;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.model.Client.Answer;
import io.catwalk.journal.model.Client.Phase;
import io.catwalk.journal.model.Client.Role;

/** What clients do: {@code Jobs.accept} and {@code Jobs.cancel}, call by call. */
final class ClientSteps {
    private final Bounds bounds;
    private final Optional<Defect> defect;
    private final Appends appends;

    ClientSteps(Bounds bounds, Optional<Defect> defect) {
        this.bounds = bounds;
        this.defect = defect;
        this.appends = new Appends(defect);
    }

    /** The first append of a request. */
    static Write request(Client client) {
        Entry accepted = new Entry(EntryKind.ACCEPTED, client.writer(), false, 0, Fold.EMPTY.withRequest());
        return new Write(1, accepted);
    }

    void addTo(State state, int actor, BiConsumer<Action, State> steps) {
        Client client = state.client(actor);
        switch (client.phase()) {
            case ABSENT -> {
                if (allows(state, Disturbance.REDELIVERY)) {
                    steps.accept(
                            new Action.Redeliver(actor),
                            state.disturbed().with(actor, client.with(request(client), false)));
                }
            }
            case FIND -> steps.accept(new Action.Call(actor, Delivery.ONCE), found(state, actor));
            case APPEND -> addAppends(state, actor, client.write().orElseThrow(), steps);
            case INDEX ->
                steps.accept(
                        new Action.Call(actor, Delivery.ONCE),
                        state.with(state.bucket().withAccepted()).with(actor, client.with(Phase.MARK)));
            case MARK -> addMarks(state, actor, steps);
            case DONE -> {}
        }
        if (client.phase() != Phase.ABSENT && client.phase() != Phase.DONE && allows(state, Disturbance.CRASH)) {
            steps.accept(new Action.Crash(actor), crashed(state.disturbed(), actor));
        }
    }

    private void addAppends(State state, int actor, Write write, BiConsumer<Action, State> steps) {
        boolean open = Appends.isOpen(state, write);
        State created = appends.create(state, write);
        boolean own = write.stands() || open || is(Defect.KNOWS_NO_NONCE) || is(Defect.OVERWRITES);
        State answered = own ? appended(created, actor) : overtaken(created, actor);
        steps.accept(new Action.Append(actor, Delivery.ONCE), answered);
        steps.accept(new Action.Append(actor, Delivery.TWICE), answered);
        if (open && allows(state, Disturbance.LOST_ANSWER)) {
            steps.accept(
                    new Action.Append(actor, Delivery.UNANSWERED),
                    unanswered(created.disturbed(), actor, write.standing()));
        }
        if (open && !Appends.isLate(state, actor) && allows(state, Disturbance.LATE_WRITE)) {
            steps.accept(
                    new Action.Append(actor, Delivery.LATE),
                    unanswered(Appends.addLate(state.disturbed(), actor, write), actor, write));
        }
    }

    private State unanswered(State state, int actor, Write write) {
        return is(Defect.LOST_ANSWER_IS_SUCCESS)
                ? appended(state, actor)
                : state.with(actor, state.client(actor).withWrite(write));
    }

    private State appended(State state, int actor) {
        Client client = state.client(actor);
        if (client.role() == Role.REQUEST) {
            return state.with(actor, client.with(Phase.INDEX).withAnswer(Answer.ACCEPTED));
        }
        return state.with(
                actor, client.with(client.mark() ? Phase.MARK : Phase.DONE).withAnswer(Answer.ACCEPTED));
    }

    private State overtaken(State state, int actor) {
        return state.with(actor, state.client(actor).with(Phase.FIND));
    }

    private State found(State state, int actor) {
        Client client = state.client(actor);
        Bucket bucket = state.bucket();
        int number = bucket.newest();
        Optional<Entry> newest = bucket.entry(number);
        return state.with(
                actor,
                client.role() == Role.REQUEST
                        ? requests(client, number, newest.orElseThrow())
                        : cancels(client, number, newest));
    }

    private Client requests(Client client, int number, Entry newest) {
        if (newest.isOnlyCancel() || is(Defect.ACCEPTS_AGAIN) && !newest.is(EntryKind.CLOSED)) {
            Fold fold = newest.fold().withRequest();
            return client.with(
                    new Write(number + 1, entry(EntryKind.ACCEPTED, client, newest.published(), fold)), false);
        }
        Client repeated = client.withAnswer(Answer.REPEATED);
        return repeated.with(
                newest.is(EntryKind.CLOSED) || is(Defect.REPEATS_WITHOUT_MARKER) ? Phase.DONE : Phase.MARK);
    }

    private Client cancels(Client client, int number, Optional<Entry> newest) {
        Fold fold = newest.map(Entry::fold).orElse(Fold.EMPTY);
        if (fold.outcome().isPresent() && !is(Defect.CANCELS_UNREAD)) {
            return client.with(Phase.DONE).withAnswer(Answer.TOO_LATE);
        }
        boolean marks = newest.filter(entry -> !entry.isOnlyCancel()).isPresent();
        if (fold.cancelled()) {
            return client.with(marks ? Phase.MARK : Phase.DONE).withAnswer(Answer.ACCEPTED);
        }
        int published = newest.map(Entry::published).orElse(0);
        return client.with(
                new Write(number + 1, entry(EntryKind.CANCELLED, client, published, fold.withCancel())), marks);
    }

    private static Entry entry(EntryKind kind, Client client, int published, Fold fold) {
        return new Entry(kind, client.writer(), false, published, fold);
    }

    private void addMarks(State state, int actor, BiConsumer<Action, State> steps) {
        Client done = state.client(actor).with(Phase.DONE);
        steps.accept(
                new Action.Call(actor, Delivery.ONCE),
                state.with(state.bucket().withMarker(true)).with(actor, done));
        if (!state.lateMarker() && allows(state, Disturbance.LATE_WRITE)) {
            steps.accept(
                    new Action.Call(actor, Delivery.LATE), state.disturbed().withLateMarker(true));
        }
    }

    /** A request whose record wasn't acknowledged is delivered again; who cancels may give up. */
    private static State crashed(State state, int actor) {
        Client client = state.client(actor);
        State orphaned = Appends.orphan(state, actor, client.write());
        Client next = new Client(client.writer(), client.role(), Phase.DONE, false, Optional.empty(), Optional.empty());
        return orphaned.with(actor, client.role() == Role.REQUEST ? next.with(request(next), false) : next);
    }

    private boolean allows(State state, Disturbance kind) {
        return state.disturbances() > 0 && bounds.kinds().contains(kind);
    }

    private boolean is(Defect other) {
        return defect.equals(Optional.of(other));
    }
}
