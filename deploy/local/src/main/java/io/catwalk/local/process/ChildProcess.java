package io.catwalk.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A started child. It ends with this process at the latest, whatever this process dies of. */
public final class ChildProcess implements AutoCloseable {
    /** How long a child may take to end after SIGTERM. */
    public static final Duration GRACE = Duration.ofSeconds(20);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final int TAIL_LINES = 30;

    private final ChildSpec spec;
    private final Process process;
    private final long logStart;
    private final long deadline;

    private ChildProcess(ChildSpec spec, Process process, long logStart) {
        this.spec = spec;
        this.process = process;
        this.logStart = logStart;
        this.deadline = System.nanoTime() + spec.readyWithin().toNanos();
    }

    /** Starts a child and returns at once. */
    public static ChildProcess start(ChildSpec spec) {
        File log = spec.log().toFile();
        ProcessBuilder builder = new ProcessBuilder(spec.command().words())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log));
        builder.environment().putAll(spec.environment());
        builder.environment().put("CLASSPATH", spec.command().classPathVariable());
        try {
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            long logStart = log.length();
            return new ChildProcess(spec, builder.start(), logStart);
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + spec.name(), e);
        }
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The last lines of its log since this start, oldest first. */
    public List<String> logTail() {
        return LogTail.read(spec.log(), logStart, TAIL_LINES);
    }

    /**
     * Waits until the child does its work.
     *
     * @throws ChildFailedException when it ends first or isn't ready in time
     */
    public void awaitReady() {
        while (!checkReady()) {
            Pause.of(POLL);
        }
    }

    /**
     * Looks once whether the child does its work.
     *
     * @throws ChildFailedException when it has ended or its time is over
     */
    boolean checkReady() {
        failure().ifPresent(failure -> {
            throw failure;
        });
        if (spec.readiness().isReady()) {
            return true;
        }
        if (System.nanoTime() > deadline) {
            throw failed("wasn't ready within " + spec.readyWithin().toSeconds() + " s");
        }
        return false;
    }

    /** The error to report when the child has ended without being stopped. */
    public Optional<ChildFailedException> failure() {
        return process.isAlive()
                ? Optional.empty()
                : Optional.of(failed("ended with " + ExitStatus.describe(process.exitValue())));
    }

    private ChildFailedException failed(String reason) {
        return new ChildFailedException(spec.name(), reason, spec.log(), logTail());
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.destroy();
    }

    /** SIGTERM, and SIGKILL if it hasn't ended after the {@link #GRACE}. */
    public void stop() {
        terminate();
        awaitEnd(GRACE);
    }

    /** Waits for the end, and kills the child when the time is over. */
    void awaitEnd(Duration within) {
        try {
            if (process.waitFor(Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    /** SIGKILL; the process is gone on return. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }
}
