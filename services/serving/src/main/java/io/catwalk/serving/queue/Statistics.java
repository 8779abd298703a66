package io.catwalk.serving.queue;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

import io.catwalk.serving.queue.InferenceMetrics.Phase;

/** What a loaded version has done since it was loaded. Recording allocates nothing and takes no lock. */
public final class Statistics {
    private final Sum success = new Sum();
    private final Sum fail = new Sum();
    private final Map<Phase, Sum> phases = new EnumMap<>(Phase.class);
    private final Sum executions = new Sum();
    private final VersionMeters meters;
    private volatile long lastInferenceMillis;

    /** @param meters that show the same to Prometheus, beyond the version's time in memory */
    Statistics(VersionMeters meters) {
        this.meters = meters;
        for (Phase phase : Phase.values()) {
            phases.put(phase, new Sum());
        }
    }

    VersionMeters meters() {
        return meters;
    }

    void succeeded(long nanos, long nowMillis) {
        success.add(nanos);
        lastInferenceMillis = nowMillis;
    }

    void failed(long nanos) {
        fail.add(nanos);
    }

    void phase(Phase phase, long nanos) {
        phases.get(phase).add(nanos);
    }

    void executed(int images) {
        executions.add(images);
    }

    /** Answered requests, and their nanoseconds from arrival to answer. */
    public Sum success() {
        return success;
    }

    /** Refused and failed requests, and their nanoseconds. */
    public Sum fail() {
        return fail;
    }

    /** Requests that reached the end of a phase, and its nanoseconds. */
    public Sum phase(Phase phase) {
        return phases.get(phase);
    }

    /** Batches, and their images. */
    public Sum executions() {
        return executions;
    }

    /** When the last request was answered, in milliseconds since 1970; 0 before the first. */
    public long lastInferenceMillis() {
        return lastInferenceMillis;
    }

    /** How often something was added, and the sum of it. */
    public static final class Sum {
        private final LongAdder count = new LongAdder();
        private final LongAdder total = new LongAdder();

        private void add(long amount) {
            count.increment();
            total.add(amount);
        }

        public long count() {
            return count.sum();
        }

        public long total() {
            return total.sum();
        }
    }
}
