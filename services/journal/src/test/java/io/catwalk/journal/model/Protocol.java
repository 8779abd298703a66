package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which steps are possible in a state: those of each actor, and of its surroundings. */
final class Protocol {
    private final Bounds bounds;
    private final HolderSteps holders;
    private final ClientSteps clients;
    private final Appends appends;

    private Protocol(Bounds bounds, Optional<Defect> defect) {
        this.bounds = bounds;
        this.holders = new HolderSteps(bounds, defect);
        this.clients = new ClientSteps(bounds, defect);
        this.appends = new Appends(defect);
    }

    static Protocol within(Bounds bounds) {
        return new Protocol(bounds, Optional.empty());
    }

    static Protocol with(Defect defect, Bounds bounds) {
        return new Protocol(bounds, Optional.of(defect));
    }

    State initial() {
        return State.initial(bounds);
    }

    /** In an order that depends on the state alone; those that change nothing are left out. */
    List<Step> steps(State state) {
        List<Step> steps = new ArrayList<>();
        for (int actor = State.HOLDERS; actor <= State.CANCELLER; actor++) {
            clients.addTo(state, actor, (action, after) -> add(steps, state, action, after));
        }
        for (int actor = 0; actor < State.HOLDERS; actor++) {
            holders.addTo(state, actor, (action, after) -> add(steps, state, action, after));
        }
        for (int index = 0; index < state.late().size(); index++) {
            add(steps, state, new Action.Land(index), appends.land(state, index));
        }
        if (state.lateMarker()) {
            State landed = state.with(state.bucket().withMarker(true)).withLateMarker(false);
            add(steps, state, new Action.LandMarker(), landed);
        }
        return steps;
    }

    private static void add(List<Step> steps, State before, Action action, State after) {
        if (!after.equals(before)) {
            steps.add(new Step(action, after));
        }
    }
}
