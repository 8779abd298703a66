package io.catwalk.serving.queue;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that run batches, shared by all models so that engines don't crowd each other out of the cores. */
public final class Dispatchers implements Executor, AutoCloseable {
    private final ExecutorService threads;

    public Dispatchers(int count) {
        threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("dispatcher-", 0).daemon().factory());
    }

    @Override
    public void execute(Runnable drain) {
        threads.execute(drain);
    }

    /** Runs what waits to its end. */
    @Override
    public void close() {
        threads.close();
    }
}
