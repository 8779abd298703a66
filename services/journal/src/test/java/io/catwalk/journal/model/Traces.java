package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Traces to replay. */
final class Traces {
    private static final int LONGEST = 500;

    private Traces() {}

    /** All traces of so many steps, and all shorter ones after which no step is possible. */
    static List<Trace> ofLength(Protocol protocol, int length) {
        List<Trace> traces = List.of(Trace.from(protocol.initial()));
        for (int depth = 0; depth < length; depth++) {
            List<Trace> longer = new ArrayList<>();
            for (Trace trace : traces) {
                List<Step> steps = protocol.steps(trace.last());
                if (steps.isEmpty()) {
                    longer.add(trace);
                }
                steps.forEach(step -> longer.add(trace.then(step)));
            }
            traces = longer;
        }
        return traces;
    }

    /** A trace of steps taken at random, until all is done. */
    static Trace random(Protocol protocol, long seed) {
        Random random = new Random(seed);
        Trace trace = Trace.from(protocol.initial());
        for (int length = 0; length < LONGEST; length++) {
            List<Step> steps = protocol.steps(trace.last());
            if (trace.last().isDone() || steps.isEmpty()) {
                break;
            }
            trace = trace.then(steps.get(random.nextInt(steps.size())));
        }
        return trace;
    }

    /** Traces that take each step of each state at least once: there by the shortest way, then on while there is a new one. */
    static List<Trace> covering(Protocol protocol) {
        Set<List<Object>> taken = new HashSet<>();
        List<Trace> covering = new ArrayList<>();
        for (Trace shortest : shortest(protocol)) {
            for (Trace trace = further(protocol, shortest, taken);
                    trace.steps().size() > shortest.steps().size();
                    trace = further(protocol, shortest, taken)) {
                covering.add(trace);
            }
        }
        return covering;
    }

    private static Trace further(Protocol protocol, Trace from, Set<List<Object>> taken) {
        Trace trace = from;
        while (true) {
            State state = trace.last();
            Predicate<Step> isNew = step -> taken.add(identity(state, step));
            Optional<Step> next = protocol.steps(state).stream().filter(isNew).findFirst();
            if (next.isEmpty()) {
                return trace;
            }
            trace = trace.then(next.get());
        }
    }

    /** The same for two steps of which one has the holders exchanged. */
    private static List<Object> identity(State before, Step step) {
        Object kind = switch (step.action()) {
            case Action.Append(int actor, Delivery delivery) -> delivery;
            case Action.Call(int actor, Delivery delivery) -> delivery;
            case Action.Publish(int actor, boolean acknowledged) -> acknowledged;
            case Action.Poll poll -> "poll";
            case Action.Work work -> "work";
            case Action.GiveBack giveBack -> "give back";
            case Action.Beat beat -> "beat";
            case Action.Redeliver redeliver -> "redeliver";
            case Action.Crash crash -> "crash";
            case Action.Land land -> "land";
            case Action.LandMarker marker -> "land marker";
        };
        return List.of(Fingerprint.of(before), kind, Fingerprint.of(step.after()));
    }

    private static List<Trace> shortest(Protocol protocol) {
        Map<String, Trace> shortest = new LinkedHashMap<>();
        List<Trace> waiting = new ArrayList<>(List.of(Trace.from(protocol.initial())));
        shortest.put(Fingerprint.of(protocol.initial()), waiting.getFirst());
        for (int place = 0; place < waiting.size(); place++) {
            Trace trace = waiting.get(place);
            for (Step step : protocol.steps(trace.last())) {
                Trace longer = trace.then(step);
                if (shortest.putIfAbsent(Fingerprint.of(step.after()), longer) == null) {
                    waiting.add(longer);
                }
            }
        }
        return waiting;
    }
}
