package io.catwalk.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a history is checked.
 *
 * @param content whether blobs and checkpoints are hashed, or only looked for
 * @param patience how long after the first look what seems wrong is looked at again: only what is still so then is a finding,
 *     because a running installation may have been in the middle of it
 * @param topicsSince since when the topics stand, where they were lost and republished: older events aren't expected there
 * @param readers how many journals are read at a time
 */
public record CheckSettings(boolean content, Duration patience, Optional<Instant> topicsSince, int readers) {
    /** @throws IllegalArgumentException for a negative patience or no readers */
    public CheckSettings {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience is " + patience + ", must be at least PT0S");
        }
        if (readers < 1) {
            throw new IllegalArgumentException("readers is " + readers + ", must be at least 1");
        }
    }
}
