package io.catwalk.installation.retention;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

import io.catwalk.history.StoreReaders;
import io.catwalk.journal.Retry;

/** Threads that ask the store, each question a few times until it answers. */
final class Readers implements AutoCloseable {
    private static final Retry RETRY = new Retry(Duration.ofMillis(200), Duration.ofSeconds(5), 6);

    private final StoreReaders threads;

    Readers(int number) {
        this.threads = new StoreReaders(number);
    }

    /** The call's result; it may be made more than once. */
    <T> T ask(Supplier<T> call) throws InterruptedException {
        return RETRY.untilAnswered(call);
    }

    /** Does all tasks, and waits for them; the first failure passes. */
    void runAll(List<Callable<Void>> tasks) throws InterruptedException {
        threads.runAll(tasks);
    }

    @Override
    public void close() {
        threads.close();
    }
}
