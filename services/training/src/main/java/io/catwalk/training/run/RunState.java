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
 * @param datasetDigest of the manifest, pinned when the run was first claimed
 * @param stepsPerEpoch full batches of its training split
 * @param origin the checkpoint that it begins with, pinned likewise; none for random initialisation
 * @param checkpoints those that stand, in the order in which they were recorded: the last two, and the best
 * @param latest the last epoch that is recorded, that of a run that is resumed at first
 * @param best the best of them
 * @param model what the run has made, once it succeeded
 */
public record RunState(
        String datasetDigest,
        int stepsPerEpoch,
        Optional<Origin> origin,
        List<StoredCheckpoint> checkpoints,
        Optional<EpochFigures> latest,
        Optional<EpochFigures> best,
        Optional<TrainedModel> model) {
    private static final int KEPT = 2;

    public RunState {
        checkpoints = List.copyOf(checkpoints);
    }

    /** A run that begins. */
    public static RunState begin(String datasetDigest, int stepsPerEpoch, Optional<Origin> origin) {
        return new RunState(
                datasetDigest,
                stepsPerEpoch,
                origin,
                List.of(),
                origin.flatMap(Origin::resumed),
                Optional.empty(),
                Optional.empty());
    }

    /** The state of a run that was claimed at least once. */
    public static Optional<RunState> of(Job job) {
        return job.fold().state().isNull() ? Optional.empty() : Optional.of(job.state(RunState.class));
    }

    /** Where a successor resumes, unless that is damaged. */
    public Optional<StoredCheckpoint> newest() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.getLast());
    }

    /** The one at the best epoch's end; none while that is on its way. */
    public Optional<StoredCheckpoint> bestCheckpoint() {
        return best.flatMap(figures -> checkpoints.stream()
                .filter(checkpoint -> checkpoint.step() == figures.step())
                .findFirst());
    }

    /** Steps to where the run that is resumed had come, of as many an epoch as this one has; 0 where none is. */
    long stepOfOrigin() {
        return origin.flatMap(Origin::resumed)
                .map(last -> (long) last.epoch() * stepsPerEpoch)
                .orElse(0L);
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

    RunState withEpoch(EpochFigures figures, boolean isBest) {
        return new RunState(
                datasetDigest,
                stepsPerEpoch,
                origin,
                checkpoints,
                Optional.of(figures),
                isBest ? Optional.of(figures) : best,
                model);
    }

    /** With one more checkpoint, and without those that are neither among the last two nor the best then. */
    RunState withCheckpoint(StoredCheckpoint checkpoint) {
        List<StoredCheckpoint> all = new ArrayList<>(checkpoints);
        all.removeIf(known -> known.digest().equals(checkpoint.digest()));
        all.add(checkpoint);
        Optional<StoredCheckpoint> ofBest = withCheckpoints(all).bestCheckpoint();
        int firstKept = Math.max(0, all.size() - KEPT);
        return withCheckpoints(all.stream()
                .filter(known -> all.indexOf(known) >= firstKept || ofBest.equals(Optional.of(known)))
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
        return new RunState(datasetDigest, stepsPerEpoch, origin, checkpoints, latest, best, Optional.of(made));
    }

    private RunState withCheckpoints(List<StoredCheckpoint> some) {
        return new RunState(datasetDigest, stepsPerEpoch, origin, some, latest, best, model);
    }
}
