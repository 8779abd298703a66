package io.catwalk.chassis.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.catwalk.chassis.store.StoreAnswers;
import org.junit.jupiter.api.Test;

class StoreOutageTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private long now;
    private final StoreAnswers answers = new StoreAnswers(() -> now);
    private final StoreOutage outage = new StoreOutage(answers, Duration.ofSeconds(9));

    @Test
    void probesThatFailInARowForTheGraceAreAnOutage() {
        for (int i = 0; i < 3; i++) {
            fail();
            assertThat(outage.problem()).isEmpty();
        }
        fail();
        assertThat(outage.problem()).contains("down");
        fail();
        assertThat(outage.problem()).contains("down");

        outage.answered();

        assertThat(outage.problem()).isEmpty();
        fail();
        assertThat(outage.problem()).isEmpty();
    }

    @Test
    void oneProbeThatTakesLongIsNoOutage() {
        outage.failed("timeout", now, now + 30 * SECOND);
        assertThat(outage.problem()).isEmpty();

        outage.failed("timeout", now + 33 * SECOND, now + 63 * SECOND);
        assertThat(outage.problem()).contains("timeout");
    }

    @Test
    void refusalsOfTheProbeAloneAreNoOutage() {
        for (int i = 0; i < 20; i++) {
            fail();
            if (i % 2 == 0) {
                answers.heard();
            }
            assertThat(outage.problem()).isEmpty();
        }
    }

    @Test
    void anotherCallsAnswerEndsAnOutageAtTheNextProbe() {
        for (int i = 0; i < 5; i++) {
            fail();
        }
        assertThat(outage.problem()).contains("down");
        answers.heard();

        fail();

        assertThat(outage.problem()).isEmpty();
    }

    private void fail() {
        outage.failed("down", now, now);
        now += 3 * SECOND;
    }
}
