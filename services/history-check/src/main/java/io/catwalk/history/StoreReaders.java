package io.catwalk.history;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that read from the store, several tasks at a time. */
public final class StoreReaders implements AutoCloseable {
    private final ExecutorService threads;

    /** @param number how many tasks run at a time, at least 1 */
    public StoreReaders(int number) {
        this.threads = Executors.newFixedThreadPool(number);
    }

    /**
     * Does all tasks, and waits for them.
     *
     * @throws RuntimeException the first failure, after all tasks have ended
     */
    public void runAll(List<Callable<Void>> tasks) throws InterruptedException {
        for (Future<Void> outcome : threads.invokeAll(tasks)) {
            try {
                outcome.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Interrupts the tasks that still run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
