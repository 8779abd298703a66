package io.catwalk.chassis.events;

import java.util.concurrent.Semaphore;

/**
 * Bounds what waits for the broker's acknowledgement: {@value #SLOTS} records of up to {@value #SLOT_BYTES} bytes; larger ones
 * count as several.
 */
final class InFlightLimit {
    /** As many as the outgoing channel has in flight, so that its buffer never overflows. */
    static final int SLOTS = 1024;

    static final int SLOT_BYTES = 16 * 1024;

    private final Semaphore free = new Semaphore(SLOTS);

    /** Acquires a record's slots if enough are free. */
    boolean enter(int bytes) {
        return free.tryAcquire(slots(bytes));
    }

    void leave(int bytes) {
        free.release(slots(bytes));
    }

    private static int slots(int bytes) {
        return Math.clamp(bytes / SLOT_BYTES + 1L, 1, SLOTS);
    }
}
