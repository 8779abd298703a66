package io.catwalk.journal.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Visits all states, breadth first, each once, and checks what must hold: after each step, and of all states together. */
final class Explorer {
    /** The name of what {@link #stuck} shows. */
    static final String CLOSABLE = "EVERY_JOB_CAN_BE_CLOSED";

    private static final int BATCH = 4096;

    private final Protocol protocol;
    private final Set<Invariant> invariants;
    private final int mostStates;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> fingerprints = new ArrayList<>();
    private final Queue<State> waiting = new ArrayDeque<>();
    private final BitSet done = new BitSet();
    private int[] parents = new int[1 << 16];
    private int[] depths = new int[1 << 16];
    private int[] froms = new int[1 << 16];
    private int[] tos = new int[1 << 16];
    private int steps;

    private Explorer(Protocol protocol, Set<Invariant> invariants, int mostStates) {
        this.protocol = protocol;
        this.invariants = invariants;
        this.mostStates = mostStates;
    }

    /**
     * Explores until all states are visited, or one of these doesn't hold.
     *
     * @throws IllegalStateException where there are more than so many states
     */
    static Exploration explore(Protocol protocol, Set<Invariant> invariants, int mostStates) {
        return new Explorer(protocol, invariants, mostStates).explore();
    }

    private Exploration explore() {
        State initial = protocol.initial();
        visit(initial, Fingerprint.of(initial), -1);
        int from = 0;
        while (!waiting.isEmpty()) {
            List<State> batch = nextBatch();
            List<List<Next>> found = batch.parallelStream().map(this::next).toList();
            for (int place = 0; place < batch.size(); place++, from++) {
                for (Next next : found.get(place)) {
                    if (next.violated().isPresent()) {
                        Trace trace = trace(from).then(next.step());
                        return exploration(
                                Optional.of(new Violation(next.violated().get().name(), trace)));
                    }
                    addEdge(from, visit(next.step().after(), next.fingerprint(), from));
                }
            }
        }
        return exploration(stuck());
    }

    private List<State> nextBatch() {
        List<State> batch = new ArrayList<>();
        while (batch.size() < BATCH && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private List<Next> next(State state) {
        List<Next> found = new ArrayList<>();
        for (Step step : protocol.steps(state)) {
            // A doubled call leads where the single one does.
            if (found.isEmpty() || found.getLast().step().after() != step.after()) {
                found.add(new Next(step, Fingerprint.of(step.after()), violated(state, step.after())));
            }
        }
        return found;
    }

    private Optional<Invariant> violated(State before, State after) {
        for (Invariant invariant : invariants) {
            if (!invariant.holds(before, after)) {
                return Optional.of(invariant);
            }
        }
        return Optional.empty();
    }

    /** The index of a state, which is new or known. */
    private int visit(State state, String fingerprint, int parent) {
        Integer known = indexes.get(fingerprint);
        if (known != null) {
            return known;
        }
        int index = fingerprints.size();
        if (index == mostStates) {
            throw new IllegalStateException("more than " + mostStates + " states");
        }
        if (index == parents.length) {
            parents = Arrays.copyOf(parents, 2 * index);
            depths = Arrays.copyOf(depths, 2 * index);
        }
        parents[index] = parent;
        depths[index] = parent < 0 ? 0 : depths[parent] + 1;
        indexes.put(fingerprint, index);
        fingerprints.add(fingerprint);
        waiting.add(state);
        done.set(index, state.isDone());
        return index;
    }

    private void addEdge(int from, int to) {
        if (steps == froms.length) {
            froms = Arrays.copyOf(froms, 2 * steps);
            tos = Arrays.copyOf(tos, 2 * steps);
        }
        froms[steps] = from;
        tos[steps] = to;
        steps++;
    }

    /** The first state from which no way leads to a closed job. */
    private Optional<Violation> stuck() {
        BitSet closable = closable();
        int first = closable.nextClearBit(0);
        return first == fingerprints.size() ? Optional.empty() : Optional.of(new Violation(CLOSABLE, trace(first)));
    }

    /** All states from which a way leads to one in which all is done: backwards from those. */
    private BitSet closable() {
        int[] starts = new int[fingerprints.size() + 1];
        for (int step = 0; step < steps; step++) {
            starts[tos[step] + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] predecessors = new int[steps];
        int[] next = starts.clone();
        for (int step = 0; step < steps; step++) {
            predecessors[next[tos[step]]++] = froms[step];
        }
        BitSet closable = (BitSet) done.clone();
        int[] stack = Arrays.copyOf(done.stream().toArray(), fingerprints.size());
        int size = done.cardinality();
        while (size > 0) {
            int index = stack[--size];
            for (int place = starts[index]; place < starts[index + 1]; place++) {
                if (!closable.get(predecessors[place])) {
                    closable.set(predecessors[place]);
                    stack[size++] = predecessors[place];
                }
            }
        }
        return closable;
    }

    /** The shortest way to a state, with the holders as they are named on it. */
    private Trace trace(int index) {
        List<String> way = new ArrayList<>();
        for (int place = index; place > 0; place = parents[place]) {
            way.addFirst(fingerprints.get(place));
        }
        Trace trace = Trace.from(protocol.initial());
        for (String fingerprint : way) {
            trace = trace.then(protocol.steps(trace.last()).stream()
                    .filter(step -> Fingerprint.of(step.after()).equals(fingerprint))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("a fingerprint leaves out what a step reads")));
        }
        return trace;
    }

    private Exploration exploration(Optional<Violation> violation) {
        return new Exploration(fingerprints.size(), steps, depths[fingerprints.size() - 1], violation);
    }

    private record Next(Step step, String fingerprint, Optional<Invariant> violated) {}

    /** @param invariant its name, or {@link #CLOSABLE} */
    record Violation(String invariant, Trace trace) {
        @Override
        public String toString() {
            return invariant + " doesn't hold:\n" + trace;
        }
    }

    /**
     * What was found.
     *
     * @param depth the steps on the shortest way to the state that is farthest away
     */
    record Exploration(int states, int steps, int depth, Optional<Violation> violation) {
        @Override
        public String toString() {
            return "%,d states, %,d steps, depth %d%s"
                    .formatted(
                            states,
                            steps,
                            depth,
                            violation.map(found -> "\n" + found).orElse(""));
        }
    }
}
