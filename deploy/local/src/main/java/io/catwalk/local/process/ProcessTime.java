package io.catwalk.local.process;

import java.time.Duration;
import java.util.stream.Stream;

/** The processor time that a process has taken. */
public final class ProcessTime {
    private static final double NANOS = 1e9;

    private ProcessTime() {}

    /** In seconds, with that of the processes that it has started and that run. */
    public static double cpuSeconds(long pid) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(process), process.descendants())
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum()
                / NANOS;
    }
}
