package io.catwalk.serving.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

import io.catwalk.supervision.Supervisor;

/**
 * Hands work from requests to a thread of its own. Nobody waits: what waits is bounded, and beyond that an item is dropped.
 *
 * @param <T> the items, in the order in which they came
 */
public final class HandOff<T> implements AutoCloseable {
    private final BlockingQueue<Weighed<T>> waiting;
    private final Semaphore weight;
    private final Work<T> work;
    private final Thread thread;

    /** What is done with an item. */
    @FunctionalInterface
    public interface Work<T> {
        /** @throws InterruptedException when the thread ends meanwhile */
        void accept(T item) throws InterruptedException;
    }

    /**
     * @param name of the thread
     * @param maxItems that may wait
     * @param maxWeight of all that wait, in the unit of {@link #offer}
     */
    public HandOff(String name, int maxItems, int maxWeight, Work<T> work) {
        this.waiting = new ArrayBlockingQueue<>(maxItems);
        this.weight = new Semaphore(maxWeight);
        this.work = work;
        this.thread = Supervisor.ofProcess().start(name, this::run);
    }

    /** @return false for an item that was dropped */
    public boolean offer(T item, int itsWeight) {
        if (!weight.tryAcquire(itsWeight)) {
            return false;
        }
        if (!waiting.offer(new Weighed<>(item, itsWeight))) {
            weight.release(itsWeight);
            return false;
        }
        return true;
    }

    /** How many items nobody works on yet. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Waits until the thread has ended.
     *
     * @return the items that nobody has worked on
     */
    public List<T> end() {
        close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Weighed<T>> left = new ArrayList<>();
        waiting.drainTo(left);
        return left.stream().map(Weighed::item).toList();
    }

    /** Ends the thread, without waiting for it. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() throws InterruptedException {
        while (true) {
            Weighed<T> next = waiting.take();
            try {
                work.accept(next.item());
            } finally {
                weight.release(next.weight());
            }
        }
    }

    private record Weighed<T>(T item, int weight) {}
}
