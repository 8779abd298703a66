package io.catwalk.installation.retention;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.catwalk.journal.Retry;

/** Threads that ask the store, each question a few times until it answers. */
final class Readers implements AutoCloseable {
    private static final Retry RETRY = new Retry(Duration.ofMillis(200), Duration.ofSeconds(5), 6);

    private final ExecutorService threads;

    Readers(int number) {
        this.threads = Executors.newFixedThreadPool(number);
    }

    /** The call's result; it may be made more than once. */
    <T> T ask(Supplier<T> call) throws InterruptedException {
        return RETRY.untilAnswered(call);
    }

    /** Does all tasks, and waits for them; the first failure passes. */
    void runAll(List<Callable<Void>> tasks) throws InterruptedException {
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

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
