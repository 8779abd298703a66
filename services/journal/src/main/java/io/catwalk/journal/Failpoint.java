package io.catwalk.journal;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends the process at a named seam, as a kill would: for tests of what a crash leaves behind. The environment variable
 * {@code CATWALK_FAILPOINT} names one seam and which passage of it is the last, as {@code append.after@3}.
 */
public final class Failpoint {
    private static final int KILLED = 137;
    private static final Optional<String> ARMED = Optional.ofNullable(System.getenv("CATWALK_FAILPOINT"));
    private static final Map<String, AtomicInteger> PASSED = new ConcurrentHashMap<>();

    private Failpoint() {}

    /** Passes a seam, or doesn't. */
    public static void reach(String seam) {
        if (ARMED.isPresent() && ARMED.get().startsWith(seam + "@")) {
            int passage =
                    PASSED.computeIfAbsent(seam, unused -> new AtomicInteger()).incrementAndGet();
            if (ARMED.get().equals(seam + "@" + passage)) {
                Runtime.getRuntime().halt(KILLED);
            }
        }
    }
}
