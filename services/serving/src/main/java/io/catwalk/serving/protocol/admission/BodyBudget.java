package io.catwalk.serving.protocol.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all requests' bodies may take together, from their first byte until their request is answered. Large bodies
 * can't have the last quarter, so that small requests are answered while large uploads fill the rest. Thread-safe.
 */
public final class BodyBudget {
    /** The largest body that may use the last quarter. */
    static final int SMALL_BYTES = 1 << 16;

    private final long total;
    private final AtomicLong held = new AtomicLong();

    public BodyBudget(long total) {
        this.total = total;
    }

    /**
     * Takes bytes for a body.
     *
     * @param size of the whole body so far, with these bytes
     * @return whether there was room; if not, nothing was taken
     */
    public boolean reserve(long bytes, long size) {
        long limit = size <= SMALL_BYTES ? total : total - total / 4;
        long before = held.get();
        while (before + bytes <= limit) {
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = held.get();
        }
        return false;
    }

    public void release(long bytes) {
        held.addAndGet(-bytes);
    }

    public long held() {
        return held.get();
    }
}
