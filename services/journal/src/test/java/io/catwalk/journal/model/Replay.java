package io.catwalk.journal.model;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;

/**
 * Takes the steps of a trace with real replicas and clients on one store, and compares after each: the call with which each
 * thread waits, what stands in the bucket, what the broker has, and what clients are answered.
 */
final class Replay implements AutoCloseable {
    private final Bounds bounds;
    private final Duration patience;
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Broker broker = new Broker();
    private final Observer observer = new Observer(store, broker);
    private final Map<Integer, ReplayedProcess> processes = new HashMap<>();
    private final List<Late> late = new ArrayList<>();
    private Trace trace;

    /** A late write, see {@link State#late}. */
    private record Late(int number, GatedStore.Creation creation) {}

    private Replay(Bounds bounds, Duration patience, State initial) {
        this.bounds = bounds;
        this.patience = patience;
        this.trace = Trace.from(initial);
    }

    /**
     * Takes all steps of a trace.
     *
     * @param patience how long the Java may take for one
     * @throws AssertionError where the Java differs: with the trace up to there, and both states
     */
    static void of(Trace trace, Bounds bounds, Duration patience) {
        State initial = trace.first();
        try (Replay replay = new Replay(bounds, patience, initial)) {
            for (int actor = 0; actor <= State.CANCELLER; actor++) {
                replay.start(initial, actor);
            }
            replay.compare(initial);
            for (Step step : trace.steps()) {
                replay.take(step);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void take(Step step) throws InterruptedException {
        State before = trace.last();
        State after = step.after();
        trace = trace.then(step);
        switch (step.action()) {
            case Action.Poll(int actor) -> processes.get(actor).step(Roles.POLL, Delivery.ONCE);
            case Action.Append(int actor, Delivery delivery) -> append(before, actor, delivery);
            case Action.Work(int actor) -> processes.get(actor).step(Roles.WORK, Delivery.ONCE);
            case Action.GiveBack(int actor) -> processes.get(actor).giveBack();
            case Action.Beat(int actor) -> processes.get(actor).step(Roles.HEARTBEAT, Delivery.ONCE);
            case Action.Publish(int actor, boolean acknowledged) ->
                processes.get(actor).step(Roles.PUBLISH, acknowledged ? Delivery.ONCE : Delivery.UNANSWERED);
            case Action.Call(int actor, Delivery delivery) ->
                processes.get(actor).step(caller(before, actor), delivery);
            case Action.Redeliver(int actor) -> start(after, actor);
            case Action.Crash(int actor) -> crash(before, after, actor);
            case Action.Land(int index) -> late.get(index).creation().land(store);
            case Action.LandMarker() ->
                store.put(Artifacts.open(JobKind.RUN).key(ReplayedProcess.ID.value()), new byte[0]);
        }
        late.removeIf(write -> after.bucket().has(write.number()));
        compare(after);
    }

    private void append(State before, int actor, Delivery delivery) {
        if (delivery == Delivery.LATE) {
            keep(before, actor);
        }
        processes.get(actor).step(actor < State.HOLDERS ? Roles.WORK : Roles.CLIENT, delivery);
    }

    private void keep(State state, int actor) {
        Optional<Write> write = actor < State.HOLDERS
                ? state.holder(actor).write()
                : state.client(actor).write();
        late.add(new Late(write.orElseThrow().number(), processes.get(actor).creation()));
    }

    /** The thread that makes an actor's next call. */
    private static String caller(State state, int actor) {
        if (actor >= State.HOLDERS) {
            return Roles.CLIENT;
        }
        return state.holder(actor).hasClaim() ? Roles.WORK : Roles.POLL;
    }

    private void crash(State before, State after, int actor) throws InterruptedException {
        if (after.late().size() > before.late().size()) {
            keep(before, actor);
        }
        processes.remove(actor).kill();
        start(after, actor);
    }

    private void start(State state, int actor) throws InterruptedException {
        if (actor < State.HOLDERS) {
            processes.put(
                    actor,
                    ReplayedProcess.holder(store, broker, state.holder(actor).writer(), bounds));
        } else if (!Roles.calls(state, actor).isEmpty()) {
            processes.put(actor, ReplayedProcess.client(store, state.client(actor)));
        }
    }

    private void compare(State state) {
        for (Map.Entry<Integer, ReplayedProcess> process : processes.entrySet()) {
            Map<String, String> calls = Roles.calls(state, process.getKey());
            if (!process.getValue().awaits(calls, patience)) {
                throw divergence("actor %d waits with %s, not with %s"
                        .formatted(process.getKey(), process.getValue().calls(), calls));
            }
        }
        for (int actor = State.HOLDERS; actor <= State.CANCELLER; actor++) {
            Client client = state.client(actor);
            if (client.phase() == Client.Phase.DONE && client.answer().isPresent()) {
                String answer = processes.get(actor).answer(patience);
                if (!answer.equals(client.answer().get().name())) {
                    throw divergence("actor %d was answered %s, not %s"
                            .formatted(actor, answer, client.answer().get()));
                }
            }
        }
        Optional<String> difference = observer.now().differsFrom(Observation.of(state));
        if (difference.isPresent()) {
            throw divergence(difference.get());
        }
    }

    private AssertionError divergence(String difference) {
        Observation found = observer.now();
        return new AssertionError("the Java differs from the model: %s%nafter%n%s%nthe Java has %s%n%s"
                .formatted(difference, trace, found, found.bucket().journal()));
    }

    @Override
    public void close() {
        processes.values().forEach(ReplayedProcess::kill);
    }
}
