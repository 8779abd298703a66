package io.catwalk.serving.queue;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

import io.catwalk.supervision.Supervisor;

/**
 * Runs batches, of all models together at most as many at a time as there are slots, so that engines don't compete for cores:
 * on the caller's thread, or on threads of its own.
 */
public final class Dispatchers implements BatchExecutor, AutoCloseable {
    private static final Runnable END = () -> {};

    private final Semaphore slots;
    private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> threads;

    /** @param count of slots, and of threads */
    public Dispatchers(int count, Supervisor supervisor) {
        slots = new Semaphore(count);
        threads = IntStream.range(0, count)
                .mapToObj(index -> supervisor.start("dispatcher-" + index, this::run))
                .toList();
    }

    @Override
    public void execute(Runnable drain) {
        waiting.add(drain);
    }

    @Override
    public boolean tryRun(Runnable drain) {
        if (!slots.tryAcquire()) {
            return false;
        }
        try {
            drain.run();
        } catch (Error e) {
            // The supervisor watches the threads here, not the caller's.
            waiting.add(() -> {
                throw e;
            });
        } finally {
            slots.release();
        }
        return true;
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
                slots.acquire();
                try {
                    next.run();
                } finally {
                    slots.release();
                }
            }
        }
    }
}
