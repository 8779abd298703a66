package io.catwalk.system.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    private static final List<String> SEAMS = List.of(
            "append.accepted.after",
            "append.claimed.before",
            "append.claimed.after",
            "append.progress.after",
            "append.result.before",
            "append.result.after",
            "append.closed.after",
            "marker.put.before",
            "marker.delete.before",
            "blob.put.after",
            "checkpoint.put.after",
            "index.add.before");

    public FaultSchedule {
        faults = List.copyOf(faults);
    }

    /**
     * One fault.
     *
     * @param at when it begins, from the schedule's start
     * @param place the process that it happens to, or whose line; {@code store} for the store's requests
     * @param seam where a process dies, for that kind
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
                            kind == FaultKind.DIES_AT_SEAM ? " (" + seam + ")" : "");
        }
    }

    /** The same for the same seed and length. */
    public static FaultSchedule of(long seed, Duration length) {
        List<Planned> faults = new ArrayList<>();
        Random random = new Random(seed);
        for (String service : Network.SERVICES) {
            draw(random, service, length, FaultKind.by(Means.KILL, Means.SIGNAL, Means.FAILPOINT), faults);
            draw(random, service, length, FaultKind.by(Means.BROKER_LINE), faults);
            draw(random, service, length, FaultKind.by(Means.STORE_LINE), faults);
        }
        draw(random, "broker", length, FaultKind.by(Means.KILL, Means.SIGNAL, Means.DISK), faults);
        draw(random, "store", length, FaultKind.by(Means.KILL, Means.SIGNAL, Means.DISK), faults);
        draw(random, "store", length, FaultKind.by(Means.STORE_REQUESTS), faults);
        return new FaultSchedule(
                faults.stream().sorted(Comparator.comparing(Planned::at)).toList());
    }

    private static void draw(
            Random random, String place, Duration length, List<FaultKind> kinds, List<Planned> faults) {
        long at = random.nextInt(LONGEST_PAUSE);
        while (at < length.toMillis()) {
            long lasting = SHORTEST + random.nextInt(LONGEST - SHORTEST);
            String seam = SEAMS.get(random.nextInt(SEAMS.size())) + "@" + (1 + random.nextInt(2));
            faults.add(new Planned(
                    Duration.ofMillis(at),
                    Duration.ofMillis(lasting),
                    kinds.get(random.nextInt(kinds.size())),
                    place,
                    seam));
            at += lasting + random.nextInt(LONGEST_PAUSE);
        }
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
