package io.catwalk.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.catwalk.system.fault.FaultKind.Means;

/**
 * Faults over all processes and lines of a stack at once, drawn from a seed. What can fail in several ways at a time, as a process
 * and its lines, does; each of these meets one fault after another.
 */
public record FaultSchedule(List<Planned> faults) {
    private static final int SHORTEST = 300;
    private static final int LONGEST = 6_000;
    private static final int LONGEST_PAUSE = 40_000;
    /** What a process needs to come to work again. */
    private static final int START = 10_000;

    private static final List<String> SEAMS_OF_JOBS = List.of(
            "append.accepted.after",
            "append.claimed.before",
            "append.claimed.after",
            "append.progress.after",
            "append.result.before",
            "append.result.after",
            "append.closed.after",
            "marker.put.before",
            "marker.delete.before",
            "index.add.before",
            "asked.put.after",
            "request.publish.after");
    private static final Map<String, List<String>> SEAMS = Map.of(
            "ingestion",
            with("blob.put.after", "manifest.put.before", "manifest.put.after", "publish.dataset-ready.after"),
            "training",
            with(
                    "checkpoint.put.after",
                    "checkpoint.delete.before",
                    "event-file.put.after",
                    "model.put.before",
                    "model.put.after",
                    "trial.begin.after",
                    "publish.epoch-completed.after",
                    "publish.training-completed.before"),
            "evaluation",
            with(
                    "rollout.label.before",
                    "rollout.label.after",
                    "rollout.end.before",
                    "publish.evaluation-completed.after",
                    "publish.model-published.before",
                    "publish.model-promoted.after"));

    public FaultSchedule {
        faults = List.copyOf(faults);
    }

    /**
     * One fault.
     *
     * @param at when it begins, from the schedule's start
     * @param place the process that it happens to, or whose line; {@code store} for the store's requests
     * @param seam where a process dies; empty for other kinds
     */
    public record Planned(Duration at, Duration lasting, FaultKind kind, String place, String seam) {
        public Duration end() {
            return at.plus(lasting);
        }

        @Override
        public String toString() {
            return "%6.1f s  %-11s %s for %.1f s%s"
                    .formatted(
                            at.toMillis() / 1e3,
                            place,
                            kind,
                            lasting.toMillis() / 1e3,
                            seam.isEmpty() ? "" : " (" + seam + ")");
        }
    }

    /**
     * The same for the same seed and length.
     *
     * @param replicas further processes, which are killed and frozen
     */
    public static FaultSchedule of(long seed, Duration length, String... replicas) {
        List<Planned> faults = new ArrayList<>();
        Random random = new Random(seed);
        for (String service : Network.SERVICES) {
            draw(random, service, length, ofProcess(service), faults);
            draw(random, service, length, FaultKind.by(Means.BROKER_LINE), faults);
            draw(random, service, length, FaultKind.by(Means.STORE_LINE), faults);
        }
        draw(random, "broker", length, FaultKind.by(Means.KILL, Means.SIGNAL, Means.DISK), faults);
        draw(random, "store", length, FaultKind.by(Means.KILL, Means.SIGNAL, Means.DISK), faults);
        draw(random, "store", length, FaultKind.by(Means.STORE_REQUESTS), faults);
        for (String replica : replicas) {
            draw(random, replica, length, FaultKind.by(Means.KILL, Means.SIGNAL), faults);
        }
        return new FaultSchedule(
                faults.stream().sorted(Comparator.comparing(Planned::at)).toList());
    }

    private static void draw(
            Random random, String place, Duration length, List<FaultKind> kinds, List<Planned> faults) {
        long at = random.nextInt(LONGEST_PAUSE);
        while (at < length.toMillis()) {
            FaultKind kind = kinds.get(random.nextInt(kinds.size()));
            long lasting = SHORTEST + random.nextInt(LONGEST - SHORTEST) + (kind.restarts() ? START : 0);
            String seam = kind == FaultKind.DIES_AT_SEAM ? seam(random, SEAMS.get(place)) : "";
            faults.add(new Planned(Duration.ofMillis(at), Duration.ofMillis(lasting), kind, place, seam));
            at += lasting + random.nextInt(LONGEST_PAUSE);
        }
    }

    /** A service without jobs has no seams. */
    private static List<FaultKind> ofProcess(String service) {
        return SEAMS.containsKey(service)
                ? FaultKind.by(Means.KILL, Means.SIGNAL, Means.CLOCK, Means.FAILPOINT)
                : FaultKind.by(Means.KILL, Means.SIGNAL, Means.CLOCK);
    }

    private static List<String> with(String... own) {
        return Stream.concat(SEAMS_OF_JOBS.stream(), Stream.of(own)).toList();
    }

    private static String seam(Random random, List<String> seams) {
        return seams.get(random.nextInt(seams.size())) + "@" + (1 + random.nextInt(2));
    }

    /** Beginnings and ends in their order. */
    public Stream<Change> changes() {
        return faults.stream()
                .flatMap(fault -> Stream.of(new Change(fault.at(), fault, true), new Change(fault.end(), fault, false)))
                .sorted(Comparator.comparing(Change::at));
    }

    /** A fault's beginning or end. */
    public record Change(Duration at, Planned fault, boolean begins) {}
}
