package io.catwalk.serving.protocol.admission;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/**
 * What one request holds: memory while its body arrives, and a place once it is complete. Both are released when the work ends,
 * or, if no work began, when the request is refused or its client leaves. Thread-safe.
 */
public final class Hold {
    private final Semaphore places;
    private final Runnable releaseMemory;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.RECEIVING);

    Hold(Semaphore places, Runnable releaseMemory) {
        this.places = places;
        this.releaseMemory = releaseMemory;
    }

    /** Whether its body is still arriving, and wanted. */
    public boolean receiving() {
        return stage.get() == Stage.RECEIVING;
    }

    /**
     * Takes the place of a complete request.
     *
     * @return false when there is none
     */
    public boolean complete() {
        if (!places.tryAcquire()) {
            return false;
        }
        if (!stage.compareAndSet(Stage.RECEIVING, Stage.WAITING)) {
            places.release();
            return false;
        }
        return true;
    }

    /**
     * Begins the work.
     *
     * @throws RefusedException with {@code CANCELLED} when the client has gone
     */
    public void begin() {
        if (!stage.compareAndSet(Stage.WAITING, Stage.WORKING)) {
            throw new RefusedException(Refusal.CANCELLED, "nobody waits for the answer any more");
        }
    }

    /**
     * Refuses a request that isn't complete.
     *
     * @return false if it is over already
     */
    public boolean refuse() {
        return finish(Stage.RECEIVING);
    }

    /** The client has left, or has its answer: releases what no work uses. */
    public void leave() {
        if (!finish(Stage.RECEIVING)) {
            finish(Stage.WAITING);
        }
    }

    /** Ends the work. */
    public void end() {
        finish(Stage.WORKING);
    }

    private boolean finish(Stage from) {
        if (!stage.compareAndSet(from, Stage.DONE)) {
            return false;
        }
        releaseMemory.run();
        if (from != Stage.RECEIVING) {
            places.release();
        }
        return true;
    }

    private enum Stage {
        RECEIVING,
        /** Complete, with a place. */
        WAITING,
        WORKING,
        DONE
    }
}
