package io.catwalk.objectstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

class StoreClockTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private long now = -Duration.ofHours(3).toNanos();
    private final long begin = now;
    private final StoreClock clock = new StoreClock(() -> now);

    @Test
    void goesOnBetweenAnswers() {
        hear(3, Duration.ZERO);
        now += Duration.ofHours(2).toNanos();

        assertThat(clock.now()).contains(trueTime());
    }

    @Test
    void saysNothingBeforeThreeAnswers() {
        hear(2, Duration.ZERO);

        assertThat(clock.now()).isEmpty();
    }

    @Test
    void oneAnswerFromTheFutureOrThePastDoesNothing() {
        for (Duration error : new Duration[] {YEAR, YEAR.negated()}) {
            clock.heard(trueTime().plus(error));
            hear(2, Duration.ZERO);
            assertThat(clock.now()).contains(trueTime());
            hear(5, Duration.ZERO);
            clock.heard(trueTime().plus(error));
            assertThat(clock.now()).contains(trueTime());
        }
    }

    @Test
    void aBurstOfWrongAnswersIsAsOne() {
        hear(StoreClock.MOST, Duration.ZERO);
        now += StoreClock.DISTANCE.toNanos();
        for (int i = 0; i < 1000; i++) {
            clock.heard(trueTime().plus(YEAR));
        }

        assertThat(clock.now()).contains(trueTime());
    }

    @Test
    void aClockThatIsSetIsFollowedAndHealsWhenItIsSetBack() {
        hear(StoreClock.MOST, Duration.ZERO);
        hear(4, YEAR);
        assertThat(clock.now()).contains(trueTime());
        hear(1, YEAR);
        assertThat(clock.now()).contains(trueTime().plus(YEAR));

        hear(StoreClock.MOST, Duration.ZERO);

        assertThat(clock.now()).contains(trueTime());
    }

    /** Answers a second apart, each with an error. */
    private void hear(int answers, Duration error) {
        for (int i = 0; i < answers; i++) {
            now += StoreClock.DISTANCE.toNanos();
            clock.heard(trueTime().plus(error));
        }
    }

    private Instant trueTime() {
        return START.plusNanos(now - begin);
    }
}
