package io.catwalk.training.sweep.halving;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asynchronous successive halving, as "A System for Massively Parallel Hyperparameter Tuning" (Li et al. 2020) has it in its
 * algorithm 2: nobody waits for a rung to be full. A trial that fails keeps its place in its rung, as the last.
 */
public final class Ladder {
    private final int trials;
    private final Rungs rungs;

    public Ladder(int trials, Rungs rungs) {
        this.trials = trials;
        this.rungs = rungs;
    }

    /** A trial and the rung that it is to go through. */
    public record Step(int trial, int rung) {}

    /** What to begin next: a promotion from the highest rung that has one, else a new trial; empty when there is nothing now. */
    public Optional<Step> next(List<TrialRun> runs) {
        return IntStream.iterate(rungs.count() - 2, rung -> rung >= 0, rung -> rung - 1)
                .mapToObj(rung -> promotion(rung, runs))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> beginning(runs));
    }

    /** The best of those that came furthest with a model. */
    public Optional<TrialRun> best(List<TrialRun> runs) {
        return IntStream.iterate(rungs.count() - 1, rung -> rung >= 0, rung -> rung - 1)
                .mapToObj(rung -> ranked(rung, runs).findFirst())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Step> promotion(int rung, List<TrialRun> runs) {
        long ended =
                runs.stream().filter(run -> run.rung() == rung && !run.goesOn()).count();
        return ranked(rung, runs)
                .limit(ended / rungs.reductionFactor())
                .map(run -> new Step(run.trial(), rung + 1))
                .filter(step -> !isBegun(step, runs))
                .findFirst();
    }

    private Optional<Step> beginning(List<TrialRun> runs) {
        return IntStream.rangeClosed(1, trials)
                .mapToObj(trial -> new Step(trial, 0))
                .filter(step -> !isBegun(step, runs))
                .findFirst();
    }

    private static Stream<TrialRun> ranked(int rung, List<TrialRun> runs) {
        return runs.stream()
                .filter(run -> run.rung() == rung && run.reached().isPresent())
                .sorted(TrialRun.BY_RANK);
    }

    private static boolean isBegun(Step step, List<TrialRun> runs) {
        return runs.stream().anyMatch(run -> run.trial() == step.trial() && run.rung() == step.rung());
    }
}
