package io.catwalk.serving.queue;

import java.util.concurrent.Executor;

/** Runs a queue's batches. */
@FunctionalInterface
public interface BatchExecutor extends Executor {
    /**
     * Runs a task on the caller's thread, which saves two thread switches, if nothing else has to wait for it.
     *
     * @return false without having run it
     */
    default boolean tryRun(Runnable task) {
        return false;
    }
}
