package io.catwalk.serving.protocol.admission;

import java.util.Arrays;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import io.vertx.core.buffer.Buffer;

/**
 * The received part of a body: the array doubles as content arrives, whatever length was announced, and is charged to the
 * budget. Not thread-safe.
 */
public final class BodyBuffer implements AutoCloseable {
    private static final int INITIAL_CAPACITY = 1_024;
    /** A body that is announced to be no longer gets its memory with its first byte. */
    private static final int SHORT_BYTES = 1 << 14;

    private static final byte[] EMPTY = {};

    private final BodyBudget budget;
    private final int maxBytes;
    private final long announcedBytes;

    private byte[] bytes = EMPTY;
    private int length;

    /**
     * @param maxBytes the most that it takes
     * @param announcedBytes the length that its sender announces, or {@link Long#MAX_VALUE}; only a hint
     */
    public BodyBuffer(BodyBudget budget, int maxBytes, long announcedBytes) {
        this.budget = budget;
        this.maxBytes = maxBytes;
        this.announcedBytes = announcedBytes;
    }

    /** @throws RefusedException with {@code TOO_LARGE} or {@code OVERLOADED} when there is no room for it */
    public void append(Buffer chunk) {
        makeRoom(chunk.length());
        chunk.getBytes(bytes, length);
        length += chunk.length();
    }

    /** @throws RefusedException with {@code TOO_LARGE} or {@code OVERLOADED} when there is no room for it */
    public void append(byte[] chunk, int count) {
        makeRoom(count);
        System.arraycopy(chunk, 0, bytes, length, count);
        length += count;
    }

    /** The bytes that have been appended. */
    public int length() {
        return length;
    }

    /** All that has been appended; not to be changed. */
    public byte[] content() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Returns the memory to the budget. */
    @Override
    public void close() {
        budget.release(bytes.length);
        bytes = EMPTY;
        length = 0;
    }

    private void makeRoom(int count) {
        if (count > maxBytes - length) {
            throw tooLarge(maxBytes);
        }
        int needed = length + count;
        if (needed > bytes.length) {
            grow(capacity(needed));
        }
    }

    private int capacity(int needed) {
        long doubled = Math.max(announcedBytes <= SHORT_BYTES ? SHORT_BYTES : INITIAL_CAPACITY, 2L * bytes.length);
        return (int) Math.max(needed, Math.min(doubled, Math.min(announcedBytes, maxBytes)));
    }

    private void grow(int capacity) {
        int more = capacity - bytes.length;
        if (!budget.reserve(more, capacity)) {
            throw noMemory();
        }
        bytes = Arrays.copyOf(bytes, capacity);
    }

    /** The refusal of a body for which there is no memory at the moment. */
    public static RefusedException noMemory() {
        return new RefusedException(
                Refusal.OVERLOADED, "the bodies of other requests take all the memory there is for them; try again");
    }

    /** The refusal of a body over the limit. */
    public static RefusedException tooLarge(int maxBytes) {
        return new RefusedException(Refusal.TOO_LARGE, "the body must be at most " + maxBytes + " bytes");
    }
}
