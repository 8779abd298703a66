package io.catwalk.local.demo;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time since something happened last. */
final class Stopwatch {
    private final LongSupplier nanoTime;
    private long start;

    /** @param nanoTime as {@link System#nanoTime} */
    Stopwatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        restart();
    }

    void restart() {
        start = nanoTime.getAsLong();
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }
}
