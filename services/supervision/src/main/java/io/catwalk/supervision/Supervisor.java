package io.catwalk.supervision;

import java.time.Duration;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs long-lived threads so that none dies in silence. A task that throws an exception is started again after a pause; an
 * {@link Error} ends the process, which its orchestrator starts again: nothing in it can be relied on any more. A task that
 * returns, or that is interrupted, has ended as it should.
 */
public final class Supervisor {
    /** The exit status of a process that an {@link Error} ended. */
    public static final int EXIT_STATUS = 71;

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Supervisor OF_PROCESS = new Supervisor(PAUSE, Supervisor::endProcess);

    private final Duration pause;
    private final Consumer<Throwable> onError;

    /**
     * @param pause before a task that failed is started again
     * @param onError what an {@link Error} leads to, on the thread that met it
     */
    public Supervisor(Duration pause, Consumer<Throwable> onError) {
        this.pause = pause;
        this.onError = onError;
    }

    /** The supervisor of this process's threads: an {@link Error} ends the process at once, with {@link #EXIT_STATUS}. */
    public static Supervisor ofProcess() {
        return OF_PROCESS;
    }

    /** A supervised daemon thread, not yet started. It ends when its task returns or is interrupted. */
    public Thread unstarted(String name, Task task) {
        return Thread.ofPlatform().daemon().name(name).unstarted(() -> supervise(name, task));
    }

    /** A supervised daemon thread, started. */
    public Thread start(String name, Task task) {
        Thread thread = unstarted(name, task);
        thread.start();
        return thread;
    }

    /** Ends the process as an {@link Error} on one of its threads does: for what only a new process mends. */
    public void end(Throwable reason) {
        onError.accept(reason);
    }

    private void supervise(String name, Task task) {
        try {
            while (!ended(name, task)) {
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            onError.accept(e);
        }
    }

    private static boolean ended(String name, Task task) throws InterruptedException {
        try {
            task.run();
            return true;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return true;
            }
            LOG.error("thread {} failed; starting its task again", name, e);
            return false;
        }
    }

    private static void endProcess(Throwable error) {
        try {
            LOG.error(
                    "thread {} met an error; ending the process",
                    Thread.currentThread().getName(),
                    error);
        } finally {
            Runtime.getRuntime().halt(EXIT_STATUS);
        }
    }

    /** What a supervised thread does; often a loop without an end. */
    @FunctionalInterface
    public interface Task {
        void run() throws InterruptedException;
    }
}
