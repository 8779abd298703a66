package io.catwalk.system.fault;

import java.time.Duration;

/**
 * The state of the way between a client and its server.
 *
 * @param delay of each piece of up to 64 KiB, each way
 * @param bytesPerSecond each way; 0 for as fast as it goes
 * @param still whether nothing comes through either way, though connections stand and new ones are accepted
 * @param away whether each connection is reset at once
 * @param answersLost whether what the client sends arrives, and nothing comes back
 */
public record Line(Duration delay, int bytesPerSecond, boolean still, boolean away, boolean answersLost) {
    public static final Line SOUND = new Line(Duration.ZERO, 0, false, false, false);
    /** As with a host that has gone without a word. */
    public static final Line HALF_OPEN = new Line(Duration.ZERO, 0, true, false, false);

    public static final Line AWAY = new Line(Duration.ZERO, 0, false, true, false);
    public static final Line ANSWERS_LOST = new Line(Duration.ZERO, 0, false, false, true);

    public static Line delayed(Duration delay) {
        return new Line(delay, 0, false, false, false);
    }

    public static Line throttled(int bytesPerSecond) {
        return new Line(Duration.ZERO, bytesPerSecond, false, false, false);
    }
}
