package io.catwalk.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class ProgressTest {
    private final List<String> lines = new ArrayList<>();
    private long now;
    private final Progress progress = new Progress(lines::add, () -> now);

    @Test
    void saysEveryFewSecondsHowLongTheRestTakes() {
        progress.begin("reading journals", 4_000);
        after(4, 100);
        after(1, 900);
        after(4, 1_000);
        after(1, 0);

        assertThat(lines)
                .containsExactly(
                        "reading journals: 1,000 of 4,000, 25 %, 0:15 left",
                        "reading journals: 2,000 of 4,000, 50 %, 0:10 left");
    }

    @Test
    void beginsAnewWithEachStage() {
        progress.begin("reading topics", 10);
        after(60, 1);
        progress.begin("hashing content, in bytes", 1_000_000);
        after(4, 10);
        after(6, 90);

        assertThat(lines)
                .containsExactly(
                        "reading topics: 1 of 10, 10 %, 9:00 left",
                        "hashing content, in bytes: 100 of 1,000,000, 0 %, 27:46:30 left");
    }

    private void after(long seconds, long steps) {
        now += TimeUnit.SECONDS.toNanos(seconds);
        progress.advance(steps);
    }
}
