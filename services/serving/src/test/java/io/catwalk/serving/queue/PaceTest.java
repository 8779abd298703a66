package io.catwalk.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void isKnownAfterSomeBatches() {
        for (int batch = 0; batch < 3; batch++) {
            pace.ended(10, 0, batch * 1_000L + 1_000);
            assertThat(pace.nanosPerImage()).isZero();
        }
        pace.ended(10, 0, 4_000);
        assertThat(pace.nanosPerImage()).isEqualTo(100);
    }

    @Test
    void doesNotCountTheTimeWithoutRequests() {
        for (int batch = 0; batch < 5; batch++) {
            pace.ended(1, batch * 1_000_000L, batch * 1_000_000L + 300);
        }
        assertThat(pace.nanosPerImage()).isEqualTo(300);
    }

    @Test
    void ofBatchesAtTheSameTimeIsThatOfAllTogether() {
        for (int pair = 1; pair <= 8; pair++) {
            pace.ended(10, 0, pair * 1_000L);
            pace.ended(10, 0, pair * 1_000L);
        }
        assertThat(pace.nanosPerImage()).isBetween(40L, 50L);
    }

    @Test
    void theSlowestBatchDoesNotCount() {
        pace.ended(1, 0, 5_000_000_000L);
        for (int batch = 1; batch < 16; batch++) {
            pace.ended(1, 0, 5_000_000_000L + batch * 200L);
        }
        assertThat(pace.nanosPerImage()).isEqualTo(200);
    }

    @Test
    void followsTheNewestBatches() {
        for (int batch = 1; batch <= 20; batch++) {
            pace.ended(1, 0, batch * 1_000L);
        }
        for (int batch = 1; batch <= 16; batch++) {
            pace.ended(1, 0, 20_000 + batch * 10L);
        }
        assertThat(pace.nanosPerImage()).isEqualTo(10);
    }
}
