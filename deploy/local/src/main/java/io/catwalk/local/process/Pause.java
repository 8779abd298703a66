package io.catwalk.local.process;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** The pause between two polls of another process. */
public final class Pause {
    private Pause() {}

    /** @throws CancellationException when the thread is interrupted, which it stays */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
