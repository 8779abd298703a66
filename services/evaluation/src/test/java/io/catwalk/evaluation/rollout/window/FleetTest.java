package io.catwalk.evaluation.rollout.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.catwalk.evaluation.rollout.window.Fleet.Memory;
import io.catwalk.evaluation.rollout.window.Fleet.Patience;
import io.catwalk.evaluation.rollout.window.Fleet.Trouble;
import org.junit.jupiter.api.Test;

class FleetTest {
    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(120), 1);

    private final Fleet fleet = new Fleet(PATIENCE, Memory.NONE, 0);

    @Test
    void holdsWhileAReplicaIsSilentAndThenGivesUp() {
        fleet.hear(window("serving-0/a", 0), seconds(0));
        fleet.hear(window("serving-1/b", 0), seconds(0));
        fleet.hear(window("serving-0/a", 1), seconds(30));

        assertThat(fleet.trouble(seconds(30))).isEmpty();
        assertThat(fleet.trouble(seconds(31))).contains(new Trouble.Hold("replica serving-1/b is silent for 31 s"));
        fleet.hear(window("serving-0/a", 2), seconds(150));
        assertThat(fleet.trouble(seconds(151))).contains(new Trouble.Lost("replica serving-1/b is silent for 151 s"));
        fleet.hear(window("serving-1/b", 1), seconds(152));
        assertThat(fleet.trouble(seconds(153))).isEmpty();
    }

    @Test
    void holdsAfterWindowsThatWereLeftOut() {
        fleet.hear(window("serving-0/a", 4), seconds(0));
        fleet.hear(window("serving-0/a", 7), seconds(10));

        assertThat(fleet.trouble(seconds(20))).contains(new Trouble.Hold("replica serving-0/a left out 2 windows"));
        fleet.hear(window("serving-0/a", 8), seconds(130));
        assertThat(fleet.trouble(seconds(130))).isEmpty();
    }

    @Test
    void hearsEachWindowOnce() {
        assertThat(fleet.hear(window("serving-0/a", 4), 0)).isTrue();
        assertThat(fleet.hear(window("serving-0/a", 4), 0)).isFalse();
        assertThat(fleet.hear(window("serving-0/a", 3), 0)).as("late").isFalse();
        assertThat(fleet.hear(window("serving-0/a", 5), 0)).isTrue();
    }

    @Test
    void aProcessThatStoppedWithNoticeMayBeReplaced() {
        fleet.hear(window("serving-0/a", 0), 0);
        fleet.hear(last("serving-0/a", 1), 0);
        fleet.hear(window("serving-0/b", 0), seconds(1));

        assertThat(fleet.trouble(seconds(2))).isEmpty();
        assertThat(fleet.memory()).isEqualTo(new Memory(Map.of("serving-0/b", 0L), 0));
    }

    /** Also over a takeover. */
    @Test
    void bearsSoManyRestarts() {
        fleet.hear(window("serving-0/a", 0), 0);
        fleet.hear(window("serving-0/b", 0), seconds(1));
        assertThat(fleet.trouble(seconds(2)))
                .contains(new Trouble.Hold("replica serving-0 ended without notice, and started again"));
        assertThat(fleet.memory().restarts()).isEqualTo(1);

        Fleet successor = new Fleet(PATIENCE, fleet.memory(), seconds(3));
        successor.hear(window("serving-0/c", 0), seconds(4));

        assertThat(successor.trouble(seconds(5)))
                .hasValueSatisfying(trouble -> assertThat(trouble).isInstanceOf(Trouble.Lost.class));
    }

    @Test
    void nobodyIsSilentWhileNobodyCanBeHeard() {
        fleet.hear(window("serving-0/a", 0), 0);
        fleet.deafUntil(seconds(500));

        assertThat(fleet.trouble(seconds(520))).isEmpty();
        assertThat(fleet.trouble(seconds(531))).isPresent();
    }

    private static Window window(String replica, long sequence) {
        return new Window(replica, sequence, Duration.ofSeconds(10), Optional.empty(), Optional.empty(), false);
    }

    private static Window last(String replica, long sequence) {
        return new Window(replica, sequence, Duration.ofSeconds(10), Optional.empty(), Optional.empty(), true);
    }

    private static long seconds(long count) {
        return count * 1_000_000_000;
    }
}
