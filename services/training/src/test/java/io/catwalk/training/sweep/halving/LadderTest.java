package io.catwalk.training.sweep.halving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import io.catwalk.training.loop.SetFigures;
import io.catwalk.training.sweep.halving.Ladder.Step;
import org.junit.jupiter.api.Test;

class LadderTest {
    private final List<TrialRun> runs = new ArrayList<>();

    @Test
    void rungsGrowByTheFactorToAllEpochs() {
        assertThat(Rungs.of(1, 3, 20).stops()).containsExactly(1, 3, 9);
        assertThat(Rungs.of(2, 4, 32).stops()).containsExactly(2, 8);
        assertThat(Rungs.of(1, 3, 20).stopAfter(2)).isEqualTo(OptionalInt.of(9));
        assertThat(Rungs.of(1, 3, 20).stopAfter(3)).isEmpty();
        assertThat(Rungs.of(5, 3, 5).count()).isEqualTo(1);
        assertThatThrownBy(() -> Rungs.of(6, 3, 5))
                .hasMessage("halving.minEpochs is 6, must be at most the 5 of training.epochs");
    }

    /** Of eight trials that get better with their numbers: four, two and one go on, as in the paper's halving by two. */
    @Test
    void halvesWhenAllOfARungHaveEnded() {
        Ladder ladder = new Ladder(8, Rungs.of(1, 2, 8));
        for (int trial = 1; trial <= 8; trial++) {
            assertThat(step(ladder)).isEqualTo(new Step(trial, 0));
        }
        assertThat(ladder.next(runs)).isEmpty();
        for (int trial = 1; trial <= 8; trial++) {
            end(trial, 0, 0.1 * trial);
        }
        assertThat(List.of(step(ladder), step(ladder), step(ladder), step(ladder)))
                .containsExactly(new Step(8, 1), new Step(7, 1), new Step(6, 1), new Step(5, 1));
        assertThat(ladder.next(runs)).isEmpty();
        List.of(5, 6, 7, 8).forEach(trial -> end(trial, 1, 0.1 * trial));
        assertThat(List.of(step(ladder), step(ladder))).containsExactly(new Step(8, 2), new Step(7, 2));
        end(8, 2, 0.7);
        end(7, 2, 0.8);
        assertThat(step(ladder)).isEqualTo(new Step(7, 3));
        assertThat(ladder.best(runs)).map(TrialRun::trial).contains(7);
        end(7, 3, 0.2);
        assertThat(ladder.next(runs)).isEmpty();
        assertThat(ladder.best(runs)).map(run -> run.trial() + "/" + run.rung()).contains("7/3");
    }

    @Test
    void promotesBeforeARungIsFull() {
        Ladder ladder = new Ladder(8, Rungs.of(1, 2, 8));
        step(ladder);
        step(ladder);
        end(1, 0, 0.5);
        assertThat(step(ladder)).as("one of one isn't half").isEqualTo(new Step(3, 0));
        end(2, 0, 0.6);
        assertThat(step(ladder)).isEqualTo(new Step(2, 1));
        end(2, 1, 0.9);
        assertThat(step(ladder)).isEqualTo(new Step(4, 0));
    }

    @Test
    void aTrialThatFailedKeepsItsPlaceAndNeverGoesOn() {
        Ladder ladder = new Ladder(3, Rungs.of(1, 3, 3));
        step(ladder);
        step(ladder);
        step(ladder);
        fail(1);
        fail(2);
        assertThat(ladder.best(runs)).isEmpty();
        end(3, 0, 0.1);
        assertThat(step(ladder)).isEqualTo(new Step(3, 1));
    }

    @Test
    void equalAccuraciesAreDecidedByLossThenByNumber() {
        Ladder ladder = new Ladder(3, Rungs.single());
        step(ladder);
        step(ladder);
        step(ladder);
        replace(1, 0, reached(0.5, 0.4));
        replace(2, 0, reached(0.5, 0.3));
        replace(3, 0, reached(0.5, 0.3));
        assertThat(ladder.best(runs)).map(TrialRun::trial).contains(2);
        assertThat(ladder.next(runs)).isEmpty();
    }

    private Step step(Ladder ladder) {
        Step step = ladder.next(runs).orElseThrow();
        runs.add(TrialRun.named(step.trial(), step.rung(), step.trial() + "-" + step.rung()));
        return step;
    }

    private void end(int trial, int rung, double accuracy) {
        replace(trial, rung, reached(accuracy, 1 - accuracy));
    }

    private void fail(int trial) {
        replace(trial, 0, new TrialRun.End(Optional.empty(), "it failed"));
    }

    private static TrialRun.End reached(double accuracy, double loss) {
        return new TrialRun.End(Optional.of(new TrialRun.Reached(1, new SetFigures(loss, accuracy))), "");
    }

    private void replace(int trial, int rung, TrialRun.End end) {
        runs.replaceAll(run -> run.trial() == trial && run.rung() == rung ? run.ended(end) : run);
    }
}
