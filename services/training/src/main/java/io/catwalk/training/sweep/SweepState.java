package io.catwalk.training.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.catwalk.journal.job.Job;
import io.catwalk.training.sweep.halving.TrialRun;

/**
 * What a sweep's journal says of its work. A run is named here before it is requested: a trainer that continues or ends the sweep
 * knows of all.
 *
 * @param datasetDigest of the manifest, pinned when the sweep was first claimed
 * @param runs of the trials, in the order in which they were begun
 * @param publishing the run that publishes the best trial, once that is known
 */
public record SweepState(String datasetDigest, List<TrialRun> runs, Optional<TrialRun> publishing) {
    public SweepState {
        runs = List.copyOf(runs);
    }

    static SweepState begin(String datasetDigest) {
        return new SweepState(datasetDigest, List.of(), Optional.empty());
    }

    /** The state of a sweep that was claimed at least once. */
    public static Optional<SweepState> of(Job job) {
        return job.fold().state().isNull() ? Optional.empty() : Optional.of(job.state(SweepState.class));
    }

    /** Runs that haven't ended. */
    List<TrialRun> open() {
        return Stream.concat(runs.stream(), publishing.stream())
                .filter(TrialRun::goesOn)
                .toList();
    }

    /** @param poll reads how an open run has ended */
    SweepState seen(UnaryOperator<TrialRun> poll) {
        return new SweepState(
                datasetDigest,
                runs.stream().map(run -> run.goesOn() ? poll.apply(run) : run).toList(),
                publishing.map(run -> run.goesOn() ? poll.apply(run) : run));
    }

    SweepState with(TrialRun run) {
        List<TrialRun> more = new ArrayList<>(runs);
        more.add(run);
        return new SweepState(datasetDigest, more, publishing);
    }

    SweepState withPublishing(TrialRun run) {
        return new SweepState(datasetDigest, runs, Optional.of(run));
    }

    /** Trials that were begun. */
    int trials() {
        return (int) runs.stream().filter(run -> run.rung() == 0).count();
    }

    /** Trials of which a run ended without a model. */
    int failedTrials() {
        return (int) runs.stream()
                .filter(run -> !run.goesOn() && run.reached().isEmpty())
                .count();
    }
}
