package io.catwalk.serving.load;

import java.util.ArrayList;
import java.util.List;

/** Counts replies. Thread-safe. */
final class Tally {
    private static final long SECOND = 1_000_000_000L;

    private final long begin;
    private final long nanos;
    private final long deadlineNanos;
    private final List<Long> answers = new ArrayList<>();
    private final List<Long> refusals = new ArrayList<>();
    private long inSteadyState;
    private long late;
    private long expired;
    private long failed;

    /** @param nanos of the whole load; its first third may be its start, which the goodput leaves out */
    Tally(long begin, long nanos, long deadlineNanos) {
        this.begin = begin;
        this.nanos = nanos;
        this.deadlineNanos = deadlineNanos;
    }

    /** @param due when the request was to be sent */
    synchronized void add(long due, Caller.Reply reply) {
        long now = System.nanoTime();
        switch (reply) {
            case ANSWERED -> {
                answers.add(now - due);
                if (now - due > deadlineNanos) {
                    late++;
                } else if (now - begin > nanos / 3 && now - begin < nanos) {
                    inSteadyState++;
                }
            }
            case REFUSED -> refusals.add(now - due);
            case EXPIRED -> expired++;
            case FAILED -> failed++;
        }
    }

    synchronized Load load(double seconds, double batchCpuSeconds, double serverCpuSeconds, double cpuSeconds) {
        return new Load(
                inSteadyState / (nanos * 2 / 3.0 / SECOND),
                answers.size(),
                late,
                refusals.size(),
                expired,
                failed,
                millis(answers, 99),
                millis(refusals, 50),
                millis(refusals, 99),
                seconds,
                batchCpuSeconds,
                serverCpuSeconds,
                cpuSeconds);
    }

    /** The latency that so many per cent of the replies don't exceed; 0 without replies. */
    private static double millis(List<Long> latencies, int percent) {
        return latencies.stream()
                .sorted()
                .skip(Math.max(0, latencies.size() - 1L) * percent / 100)
                .findFirst()
                .map(nanos -> nanos / 1e6)
                .orElse(0.0);
    }
}
