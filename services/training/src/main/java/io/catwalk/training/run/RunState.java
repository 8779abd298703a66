package io.catwalk.training.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.job.Job;
import io.catwalk.training.checkpoint.StoredCheckpoint;
import io.catwalk.training.loop.EpochFigures;

/**
 * What a run's journal says of its work.
 *
 * @param datasetDigest of the manifest, pinned when the run was first taken
 * @param stepsPerEpoch full batches of its training split
 * @param checkpoints those that stand, in the order in which they were recorded: the last two, and the best
 * @param latest the last epoch that is recorded
 * @param model what the run has made, once it succeeded
 */
public record RunState(
        String datasetDigest,
        int stepsPerEpoch,
        List<StoredCheckpoint> checkpoints,
        Optional<EpochFigures> latest,
        Optional<TrainedModel> model) {
    private static final int KEPT = 2;

    public RunState {
        checkpoints = List.copyOf(checkpoints);
    }

    /** A run that begins. */
    public static RunState begin(String datasetDigest, int stepsPerEpoch) {
        return new RunState(datasetDigest, stepsPerEpoch, List.of(), Optional.empty(), Optional.empty());
    }

    /** The state of a run that was taken at least once. */
    public static Optional<RunState> of(Job job) {
        return job.fold().state().isNull() ? Optional.empty() : Optional.of(job.state(RunState.class));
    }

    /** Where a successor goes on, unless that is damaged. */
    public Optional<StoredCheckpoint> newest() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.getLast());
    }

    /** Of the checkpoints at an epoch's end the first with the highest validation accuracy. */
    public Optional<StoredCheckpoint> best() {
        return checkpoints.stream()
                .filter(checkpoint -> checkpoint.validationAccuracy().isPresent())
                .reduce((best, next) -> accuracy(next) > accuracy(best) ? next : best);
    }

    /** The last epoch that is recorded; 0 before the first. */
    public int epochs() {
        return latest.map(EpochFigures::epoch).orElse(0);
    }

    /** Steps that are recorded as done. */
    public long step() {
        long ofCheckpoint = newest().map(StoredCheckpoint::step).orElse(0L);
        return Math.max(ofCheckpoint, latest.map(EpochFigures::step).orElse(0L));
    }

    RunState withEpoch(EpochFigures figures) {
        return new RunState(datasetDigest, stepsPerEpoch, checkpoints, Optional.of(figures), model);
    }

    /** With one more checkpoint, and without those that are neither among the last two nor the best then. */
    RunState withCheckpoint(StoredCheckpoint checkpoint) {
        List<StoredCheckpoint> all = new ArrayList<>(checkpoints);
        all.removeIf(known -> known.digest().equals(checkpoint.digest()));
        all.add(checkpoint);
        Optional<StoredCheckpoint> best = withCheckpoints(all).best();
        int firstKept = Math.max(0, all.size() - KEPT);
        return withCheckpoints(all.stream()
                .filter(known -> all.indexOf(known) >= firstKept || best.equals(Optional.of(known)))
                .toList());
    }

    /** The checkpoints that an earlier state names and this one doesn't. */
    List<StoredCheckpoint> leftOutOf(RunState earlier) {
        List<String> named = checkpoints.stream().map(StoredCheckpoint::digest).toList();
        return earlier.checkpoints.stream()
                .filter(checkpoint -> !named.contains(checkpoint.digest()))
                .toList();
    }

    RunState without(Collection<StoredCheckpoint> damaged) {
        return withCheckpoints(checkpoints.stream()
                .filter(checkpoint -> !damaged.contains(checkpoint))
                .toList());
    }

    RunState withModel(TrainedModel made) {
        return new RunState(datasetDigest, stepsPerEpoch, checkpoints, latest, Optional.of(made));
    }

    private RunState withCheckpoints(List<StoredCheckpoint> some) {
        return new RunState(datasetDigest, stepsPerEpoch, some, latest, model);
    }

    private static double accuracy(StoredCheckpoint checkpoint) {
        return checkpoint.validationAccuracy().orElseThrow();
    }
}
