package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;

/**
 * All of the world at one moment.
 *
 * @param broker the events in the order of their first publishing
 * @param late writes that may still land
 * @param lateMarker whether the marker may still be put by a call that nobody waits for
 * @param disturbances how many there may still be
 */
record State(
        Bucket bucket,
        List<Publication> broker,
        List<Holder> holders,
        List<Client> clients,
        List<LateWrite> late,
        boolean lateMarker,
        int disturbances) {
    static final int HOLDERS = 2;
    static final int CANCELLER = HOLDERS + 2;
    private static final int FIRST_CLIENT_WRITER = 100;

    static State initial(Bounds bounds) {
        List<Holder> holders = new ArrayList<>();
        for (int holder = 0; holder < HOLDERS; holder++) {
            holders.add(Holder.idle(holder + 1));
        }
        Client request = Client.absent(FIRST_CLIENT_WRITER, Client.Role.REQUEST);
        Client again = Client.absent(FIRST_CLIENT_WRITER + 1, Client.Role.REQUEST);
        Client cancel = Client.absent(FIRST_CLIENT_WRITER + 2, Client.Role.CANCEL);
        List<Client> clients = List.of(
                request.with(ClientSteps.request(request), false),
                again,
                cancel.with(bounds.cancel() ? Client.Phase.FIND : Client.Phase.DONE));
        return new State(
                Bucket.EMPTY, List.of(), List.copyOf(holders), clients, List.of(), false, bounds.disturbances());
    }

    Holder holder(int actor) {
        return holders.get(actor);
    }

    Client client(int actor) {
        return clients.get(actor - HOLDERS);
    }

    State with(int actor, Holder holder) {
        return new State(bucket, broker, replaced(holders, actor, holder), clients, late, lateMarker, disturbances);
    }

    State with(int actor, Client client) {
        return new State(
                bucket, broker, holders, replaced(clients, actor - HOLDERS, client), late, lateMarker, disturbances);
    }

    State with(Bucket other) {
        return new State(other, broker, holders, clients, late, lateMarker, disturbances);
    }

    State withLate(List<LateWrite> writes) {
        return new State(bucket, broker, holders, clients, List.copyOf(writes), lateMarker, disturbances);
    }

    State withLateMarker(boolean isLate) {
        return new State(bucket, broker, holders, clients, late, isLate, disturbances);
    }

    State disturbed() {
        return new State(bucket, broker, holders, clients, late, lateMarker, disturbances - 1);
    }

    /** Published: new, or again. */
    State with(Publication publication) {
        if (broker.contains(publication)) {
            return this;
        }
        List<Publication> publications = new ArrayList<>(broker);
        publications.add(publication);
        return new State(bucket, List.copyOf(publications), holders, clients, late, lateMarker, disturbances);
    }

    /** No poll before this counts any more. */
    State withoutSightings() {
        State state = this;
        for (int actor = 0; actor < HOLDERS; actor++) {
            if (holder(actor).sightings() != 0) {
                state = state.with(actor, state.holder(actor).withSightings(0));
            }
        }
        return state;
    }

    /** Whether there is nothing left to do, and all is done. */
    boolean isDone() {
        return bucket.isClosed()
                && !bucket.marker()
                && !lateMarker
                && bucket.accepted()
                && bucket.closed()
                && late.isEmpty()
                && holders.stream().allMatch(holder -> holder.phase() == Holder.Phase.IDLE)
                && clients.stream()
                        .allMatch(
                                client -> client.phase() == Client.Phase.DONE || client.phase() == Client.Phase.ABSENT);
    }

    private static <T> List<T> replaced(List<T> list, int index, T element) {
        List<T> copy = new ArrayList<>(list);
        copy.set(index, element);
        return List.copyOf(copy);
    }
}
