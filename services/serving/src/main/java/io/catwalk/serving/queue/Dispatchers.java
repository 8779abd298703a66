package io.catwalk.serving.queue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import io.catwalk.supervision.Supervisor;

/** The threads that run batches, shared by all models so that engines don't compete for cores. */
public final class Dispatchers implements Executor, AutoCloseable {
    private static final Runnable END = () -> {};

    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads;

    public Dispatchers(int count, Supervisor supervisor) {
        threads = IntStream.range(0, count)
                .mapToObj(index -> supervisor.start("dispatcher-" + index, this::run))
                .toList();
    }

    @Override
    public void execute(Runnable drain) {
        waiting.add(drain);
    }

    /** Finishes the waiting tasks. */
    @Override
    public void close() {
        waiting.add(END);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        boolean ending = false;
        while (!ending) {
            Runnable next = waiting.take();
            if (next == END) {
                ending = waiting.isEmpty();
                waiting.add(END);
            } else {
                next.run();
            }
        }
    }
}
