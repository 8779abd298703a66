package io.catwalk.benchmark.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> turns = new ArrayList<>();

    @Test
    void ignoresTheWarmUpRounds() {
        Contestant one = scripted("one", 1000, 1000, 10, 1, 30, 2000, 20);

        assertThat(Rounds.of(3, List.of(one)).median(one)).isEqualTo(20);
    }

    @Test
    void comparesRatesOfTheSameRound() {
        Contestant fast = scripted("fast", 0, 0, 20, 0, 200, 0, 3);
        Contestant slow = scripted("slow", 0, 0, 10, 0, 100, 0, 1);
        Rounds rounds = Rounds.of(3, List.of(fast, slow));

        assertThat(rounds.ratio(fast, slow)).isEqualTo(2);
        assertThat(rounds.median(fast) / rounds.median(slow)).isEqualTo(2, within(1e-9));
        assertThat(rounds.ratio(slow, fast)).isEqualTo(0.5);
    }

    @Test
    void contestantsTakeTurns() {
        Rounds.of(2, List.of(scripted("a", 1, 1, 1, 1, 1), scripted("b", 1, 1, 1, 1, 1)));

        assertThat(turns).containsExactly("a", "b", "a", "a", "b", "b", "a", "a", "b", "b");
    }

    @Test
    void refusesAnUnknownContestant() {
        Contestant one = scripted("one", 1, 1, 1);
        Rounds rounds = Rounds.of(1, List.of(one));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> rounds.median(scripted("stranger")))
                .withMessage("stranger took no part");
    }

    private Contestant scripted(String name, double... rates) {
        Deque<Double> left = new ArrayDeque<>();
        for (double rate : rates) {
            left.add(rate);
        }
        return new Contestant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public double round() {
                turns.add(name);
                return left.remove();
            }

            @Override
            public void close() {}
        };
    }
}
