package io.catwalk.history;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says every few seconds how far a stage of the check has come, and how long the rest takes at that pace. */
public final class Progress {
    private static final Duration DISTANCE = Duration.ofSeconds(5);

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private String stage = "";
    private long total;
    private long done;
    private long begun;
    private long told;

    public Progress(Consumer<String> lines) {
        this(lines, System::nanoTime);
    }

    Progress(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    /**
     * @param what is done, as {@code reading journals}
     * @param ofAll how many steps there are
     */
    public synchronized void begin(String what, long ofAll) {
        stage = what;
        total = ofAll;
        done = 0;
        begun = nanoTime.getAsLong();
        told = begun;
    }

    public synchronized void advance(long steps) {
        done += steps;
        long now = nanoTime.getAsLong();
        if (now - told >= DISTANCE.toNanos() && done > 0) {
            told = now;
            long left = Math.max(0, total - done);
            double seconds = (now - begun) / 1e9 * left / done;
            lines.accept(String.format(
                    Locale.ROOT,
                    "%s: %,d of %,d, %d %%, %s left",
                    stage,
                    done,
                    total,
                    total == 0 ? 100 : Math.min(100, 100 * done / total),
                    duration(Math.round(seconds))));
        }
    }

    /** As {@code 1:02:03} or {@code 2:03}. */
    private static String duration(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
