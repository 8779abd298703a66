package io.catwalk.benchmark.process;

import java.time.Duration;

import io.catwalk.local.process.Pause;
import io.catwalk.local.process.ProcessMemory;

/** The most memory that a process has in RAM while this is open, in MiB. */
public final class PeakMemory implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final long pid;
    private volatile double anonymous;
    private volatile boolean closed;

    /** @param pid of a process that outlives this */
    public PeakMemory(long pid) {
        this.pid = pid;
        Thread.ofPlatform().daemon().name("peak-memory").start(this::watch);
    }

    private void watch() {
        while (!closed) {
            anonymous = Math.max(anonymous, ProcessMemory.anonymousMebibytes(pid));
            Pause.of(PAUSE);
        }
    }

    /** With the pages of mapped files, since the process's start. */
    public double resident() {
        return ProcessMemory.peakMebibytes(pid);
    }

    /** Heap, native memory and stacks, without the pages of files, which the system drops where it needs the memory: ten looks a second. */
    public double anonymous() {
        return anonymous;
    }

    @Override
    public void close() {
        closed = true;
    }
}
