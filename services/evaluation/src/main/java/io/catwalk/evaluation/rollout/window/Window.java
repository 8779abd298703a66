package io.catwalk.evaluation.rollout.window;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.util.Timestamps;
import io.catwalk.evaluation.rollout.judgement.Counts;
import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.rollout.v1.LatencyHistogram;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;

/**
 * What one replica of serving did in some seconds, of two versions.
 *
 * @param replica the process
 * @param sequence counts its windows from 0
 * @param canary empty where the window isn't of the canary's newest weight
 * @param stable empty where it isn't of the version that the canary is compared with
 * @param last whether the process has said that it stops
 */
public record Window(
        String replica,
        long sequence,
        Duration length,
        Optional<Counts> canary,
        Optional<Counts> stable,
        boolean last) {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String STABLE = "stable";

    /**
     * Whom a window is about.
     *
     * @param label of the canary or shadow
     * @param entry by which it has its weight, in the label's journal
     * @param latencyBound in seconds: slower answers are slow
     */
    public record Subject(String label, long version, long entry, long stableVersion, double latencyBound) {}

    /** @throws IllegalArgumentException for counts that can't be */
    public static Window of(ServingWindow window, Subject subject) {
        return new Window(
                window.getReplica(),
                window.getSequence(),
                length(window),
                find(window, subject.label(), subject.version())
                        .filter(found -> found.getEntry() == subject.entry())
                        .map(found -> counts(found, subject.latencyBound())),
                find(window, STABLE, subject.stableVersion()).map(found -> counts(found, subject.latencyBound())),
                window.getLast());
    }

    /** Where the process runs: another one there has taken its place. */
    String place() {
        return place(replica);
    }

    static String place(String process) {
        int end = process.indexOf('/');
        return end < 0 ? process : process.substring(0, end);
    }

    private static Duration length(ServingWindow window) {
        var between = Timestamps.between(window.getStart(), window.getEnd());
        Duration length = Duration.ofSeconds(between.getSeconds(), between.getNanos());
        return length.isNegative() ? Duration.ZERO : length.compareTo(LONGEST) > 0 ? LONGEST : length;
    }

    private static Optional<VersionWindow> find(ServingWindow window, String label, long version) {
        return window.getVersionsList().stream()
                .filter(found -> found.getLabel().equals(label) && found.getVersion() == version)
                .findFirst();
    }

    private static Counts counts(VersionWindow window, double bound) {
        return new Counts(
                new Rate(window.getErrors(), window.getRequests()),
                slow(window.getLatency(), bound),
                new Rate(window.getDisagreements(), window.getCompared()));
    }

    /** Requests of buckets that end above the bound. */
    private static Rate slow(LatencyHistogram latency, double bound) {
        List<Double> edges = latency.getEdgesList();
        if (latency.getCountsCount() != edges.size() + 1) {
            return Rate.NONE;
        }
        long all = 0;
        long slow = 0;
        for (int i = 0; i < latency.getCountsCount(); i++) {
            all += latency.getCounts(i);
            slow += i < edges.size() && edges.get(i) <= bound ? 0 : latency.getCounts(i);
        }
        return new Rate(slow, all);
    }
}
