package io.catwalk.training.sweep.halving;

import java.util.Comparator;
import java.util.Optional;

import io.catwalk.training.loop.SetFigures;

/**
 * The run that takes a trial through a rung.
 *
 * @param trial its number, from 1
 * @param rung from 0
 * @param end its result, once it has ended
 */
public record TrialRun(int trial, int rung, String runId, Optional<End> end) {
    /** The best first. */
    static final Comparator<TrialRun> BY_RANK = Comparator.comparingDouble(
                    (TrialRun run) -> -run.reached().orElseThrow().validation().accuracy())
            .thenComparingDouble(run -> run.reached().orElseThrow().validation().loss())
            .thenComparingInt(TrialRun::trial);

    /** A run that was only named. */
    public static TrialRun named(int trial, int rung, String runId) {
        return new TrialRun(trial, rung, runId, Optional.empty());
    }

    public TrialRun ended(End how) {
        return new TrialRun(trial, rung, runId, Optional.of(how));
    }

    /** Whether it hasn't ended. */
    public boolean goesOn() {
        return end.isEmpty();
    }

    /** Where it ended with a model. */
    public Optional<Reached> reached() {
        return end.flatMap(End::reached);
    }

    /**
     * How a run ended.
     *
     * @param reached empty where it ended without a model
     * @param reason why, then
     */
    public record End(Optional<Reached> reached, String reason) {}

    /**
     * How a run ended.
     *
     * @param epochs that the trial has had in all
     * @param validation after them
     */
    public record Reached(int epochs, SetFigures validation) {}
}
