package io.catwalk.evaluation.rollout.window;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The replicas of serving that a rollout has heard: one that is silent, has left out windows, or has started again without having
 * said that it stops, may have failed by the canary. Time is that of this process's own timer, in nanoseconds. Not thread-safe.
 */
public final class Fleet {
    private final Patience patience;
    private final Map<String, Heard> processes = new LinkedHashMap<>();
    private int restarts;
    private OptionalLong calmFrom = OptionalLong.empty();
    private String disturbance = "";

    /**
     * What is borne.
     *
     * @param silence without a window, after which nothing is decided in the canary's favour
     * @param rollback how long that may last
     * @param restarts that a rollout may see
     */
    public record Patience(Duration silence, Duration rollback, int restarts) {}

    /**
     * What a successor must know.
     *
     * @param processes each with the sequence of its last window
     * @param restarts seen so far
     */
    public record Memory(Map<String, Long> processes, int restarts) {
        public static final Memory NONE = new Memory(Map.of(), 0);

        public Memory {
            processes = Map.copyOf(processes);
        }
    }

    private record Heard(long sequence, long at) {}

    /** Why nothing is decided in the canary's favour. */
    public sealed interface Trouble {
        /** It may pass. */
        record Hold(String reason) implements Trouble {}

        /** It has lasted too long, or come too often. */
        record Lost(String reason) implements Trouble {}
    }

    /** @param known what the last decision's holder knew */
    public Fleet(Patience patience, Memory known, long now) {
        this.patience = patience;
        this.restarts = known.restarts();
        known.processes().forEach((process, sequence) -> processes.put(process, new Heard(sequence, now)));
    }

    /** Whether a window is new: not one that was heard before. */
    public boolean hear(Window window, long now) {
        Heard before = processes.get(window.replica());
        if (before != null && window.sequence() <= before.sequence()) {
            return false;
        }
        if (before == null) {
            noteRestart(window, now);
        } else if (window.sequence() > before.sequence() + 1) {
            disturb(
                    "replica %s left out %d windows"
                            .formatted(window.replica(), window.sequence() - before.sequence() - 1),
                    now);
        }
        if (window.last()) {
            processes.remove(window.replica());
        } else {
            processes.put(window.replica(), new Heard(window.sequence(), now));
        }
        return true;
    }

    /** Nobody could be heard until now: silence counts from here on. */
    public void deafUntil(long now) {
        processes.replaceAll((process, heard) -> new Heard(heard.sequence(), now));
    }

    public Optional<Trouble> trouble(long now) {
        if (restarts > patience.restarts()) {
            return Optional.of(new Trouble.Lost("replicas of serving ended without notice %d times, the last: %s"
                    .formatted(restarts, disturbance)));
        }
        Optional<Map.Entry<String, Heard>> silent = processes.entrySet().stream()
                .filter(process ->
                        now - process.getValue().at() > patience.silence().toNanos())
                .findFirst();
        if (silent.isPresent()) {
            long nanos = now - silent.get().getValue().at();
            String reason =
                    "replica %s is silent for %d s".formatted(silent.get().getKey(), nanos / 1_000_000_000);
            boolean lost = nanos > patience.silence().plus(patience.rollback()).toNanos();
            return Optional.of(lost ? new Trouble.Lost(reason) : new Trouble.Hold(reason));
        }
        return calmFrom.isPresent() && now - calmFrom.getAsLong() < 0
                ? Optional.of(new Trouble.Hold(disturbance))
                : Optional.empty();
    }

    public Memory memory() {
        Map<String, Long> sequences = new LinkedHashMap<>();
        processes.forEach((process, heard) -> sequences.put(process, heard.sequence()));
        return new Memory(sequences, restarts);
    }

    private void noteRestart(Window window, long now) {
        Optional<String> predecessor = processes.keySet().stream()
                .filter(process -> Window.place(process).equals(window.place()))
                .findFirst();
        predecessor.ifPresent(gone -> {
            processes.remove(gone);
            restarts++;
            disturb("replica %s ended without notice, and started again".formatted(window.place()), now);
        });
    }

    private void disturb(String what, long now) {
        disturbance = what;
        calmFrom = OptionalLong.of(now + patience.rollback().toNanos());
    }
}
