package io.catwalk.training.checkpoint;

import java.util.Optional;

import io.catwalk.objectstore.Digest;

/**
 * A checkpoint as a journal names it.
 *
 * @param digest of its bytes, {@code sha256:<64 lower-case hex digits>}
 * @param step steps done when it was captured
 * @param bytes its length
 * @param validationAccuracy of the epoch that ended there; absent for one in mid-epoch
 */
public record StoredCheckpoint(String digest, long step, int bytes, Optional<Double> validationAccuracy) {
    /** @throws IllegalArgumentException for anything but a digest */
    public StoredCheckpoint {
        Digest.parse(digest);
    }
}
