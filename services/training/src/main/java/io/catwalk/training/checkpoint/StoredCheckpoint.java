package io.catwalk.training.checkpoint;

import io.catwalk.objectstore.Digest;

/**
 * A checkpoint as a journal names it.
 *
 * @param digest of its bytes, {@code sha256:<64 lower-case hex digits>}
 * @param step steps done when it was captured
 * @param bytes its length
 */
public record StoredCheckpoint(String digest, long step, int bytes) {
    /** @throws IllegalArgumentException for anything but a digest */
    public StoredCheckpoint {
        Digest.parse(digest);
    }
}
