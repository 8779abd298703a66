package io.catwalk.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;
    private static final int BATCHES = 100;
    private static final Offset<Double> EXACT = within(1e-6);

    private final Pace pace = new Pace(BATCHES, 20, 0);
    private long now;

    @Test
    void knowsNothingBeforeTheFirstStep() {
        assertThat(pace.seconds(1000, 10, now)).isEmpty();
    }

    @Test
    void theFirstStepCountsUntilThereIsASecond() {
        step(50);
        assertThat(seconds(10, 0)).isCloseTo(500, EXACT);
        step(1);
        assertThat(seconds(10, 0)).isCloseTo(10, EXACT);
    }

    @Test
    void whatIsDoneBetweenStepsCounts() {
        step(1);
        now += 3 * SECOND;
        step(1);
        assertThat(seconds(10, 0)).isCloseTo(40, EXACT);
    }

    @Test
    void followsAMachineThatSlowsDown() {
        IntStream.range(0, 10 * BATCHES).forEach(step -> step(1));
        IntStream.range(0, 3 * BATCHES).forEach(step -> step(2));
        assertThat(seconds(BATCHES, 0)).isBetween(190.0, 200.0);
    }

    @Test
    void oneSlowStepChangesLittle() {
        IntStream.range(0, 2 * BATCHES).forEach(step -> step(1));
        step(11);
        assertThat(seconds(BATCHES, 0)).isCloseTo(110, within(0.1));
    }

    @Test
    void scoringIsGuessedFromTheStepsUntilItWasTimed() {
        step(1);
        assertThat(seconds(10, 2)).isCloseTo(10 + 2 * 10, EXACT);

        pace.scoringBegun(now);
        now += 4 * SECOND;
        assertThat(seconds(10, 2)).isCloseTo(10 + 2 * 10 - 4, EXACT);
        now += 3 * SECOND;
        pace.scored(now);
        assertThat(seconds(10, 1)).isCloseTo(10 + 7, EXACT);
    }

    @Test
    void scoringThatTakesLongerThanThoughtLeavesTheStepsAfterIt() {
        step(1);
        pace.scoringBegun(now);
        now += 60 * SECOND;
        assertThat(seconds(10, 2)).isCloseTo(10 + 10, EXACT);
    }

    private void step(int seconds) {
        long started = now;
        now += seconds * SECOND;
        pace.stepped(1, started, now);
    }

    private double seconds(long steps, int scorings) {
        return pace.seconds(steps, scorings, now).orElseThrow();
    }
}
