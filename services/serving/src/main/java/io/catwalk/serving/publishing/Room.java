package io.catwalk.serving.publishing;

import java.util.concurrent.Semaphore;

/** A bound on events that wait, by their number and their bytes. Thread-safe; nobody waits for it. */
final class Room {
    private final Semaphore events;
    private final Semaphore bytes;

    Room(int maxEvents, int maxBytes) {
        this.events = new Semaphore(maxEvents);
        this.bytes = new Semaphore(maxBytes);
    }

    /** @return whether there was room; if not, nothing was taken */
    boolean enter(int size) {
        if (!events.tryAcquire()) {
            return false;
        }
        if (!bytes.tryAcquire(size)) {
            events.release();
            return false;
        }
        return true;
    }

    void leave(int size) {
        bytes.release(size);
        events.release();
    }
}
