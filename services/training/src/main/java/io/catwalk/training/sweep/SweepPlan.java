package io.catwalk.training.sweep;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.Message;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.request.DatasetReference;
import io.catwalk.events.request.TrainingDefaults;
import io.catwalk.objectstore.Digest;
import io.catwalk.sweep.v1.Halving;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.sweep.halving.Ladder;
import io.catwalk.training.sweep.halving.Rungs;
import io.catwalk.training.sweep.halving.TrialRun;
import io.catwalk.training.sweep.space.Trial;
import io.catwalk.training.sweep.space.Trials;
import io.catwalk.training.v1.TrainingRequested;

/**
 * The plan that a sweep's request makes.
 *
 * @param asked whose rules are checked
 * @param space its trials
 * @param parallelRuns runs that are open at a time
 */
public record SweepPlan(String sweepId, SweepRequested asked, Trials space, Rungs rungs, int parallelRuns) {
    private static final int PARALLEL_RUNS = 4;
    private static final int MIN_EPOCHS = 1;
    private static final int REDUCTION_FACTOR = 3;

    /** What the sweep decides itself, or what would make trials incomparable. */
    private static final Set<String> NOT_TO_VARY =
            Set.of("runId", "dataset", "model", "publish", "gate", "deadline", "continueFrom", "testEachEpoch");

    private static final Set<String> NOT_TO_ASK = Set.of("runId", "resumeFrom", "stopAfterEpoch", "earlyStopping");

    /**
     * Of a request that isn't accepted yet: each trial is checked too.
     *
     * @throws BadInputException naming the field or the trial, its value and what it must be
     */
    public static SweepPlan checked(SweepRequested asked, String sweepId) {
        SweepPlan plan = of(asked, sweepId);
        plan.space.check();
        return plan;
    }

    /** @throws BadInputException naming the field, its value and what it must be */
    static SweepPlan of(SweepRequested asked, String sweepId) {
        TrainingRequested training = asked.getTraining();
        given(training).filter(NOT_TO_ASK::contains).findFirst().ifPresent(field -> {
            throw new BadInputException("training.%s must be left out of a sweep".formatted(field));
        });
        Stream<String> fixed = Stream.of(NOT_TO_ASK, NOT_TO_VARY).flatMap(Set::stream);
        Set<String> kept =
                (asked.hasHalving() ? Stream.concat(fixed, Stream.of("epochs")) : fixed).collect(Collectors.toSet());
        Trials trials = Trials.of(asked, kept);
        Rungs rungs = asked.hasHalving() ? rungs(asked.getHalving(), training) : Rungs.single();
        int parallelRuns = asked.hasParallelRuns() ? asked.getParallelRuns() : PARALLEL_RUNS;
        return new SweepPlan(sweepId, asked, trials, rungs, parallelRuns);
    }

    public List<Trial> trials() {
        return space.all();
    }

    String model() {
        return asked.getTraining().getModel();
    }

    DatasetReference dataset() {
        return DatasetReference.parse(asked.getTraining().getDataset());
    }

    /** Which trial is promoted, and which is the best. */
    public Ladder ladder() {
        return new Ladder(trials().size(), rungs);
    }

    /** Whether the best trial is to be published. */
    boolean publishes() {
        TrainingRequested training = asked.getTraining();
        return training.hasPublish() ? training.getPublish() : TrainingDefaults.PUBLISH;
    }

    Trial trial(TrialRun run) {
        return trials().get(run.trial() - 1);
    }

    /** The run that takes a trial through a rung. */
    TrialRun run(Ladder.Step step) {
        return TrialRun.named(step.trial(), step.rung(), "%s-%d-%d".formatted(sweepId, step.trial(), step.rung()));
    }

    /** The run that publishes a trial, above the highest rung. */
    TrialRun publishing(TrialRun best) {
        return TrialRun.named(best.trial(), rungs.count(), sweepId + "-best");
    }

    /**
     * The request of a trial's run: the same at each call.
     *
     * @param dataset the manifest that all trials are trained on
     */
    TrainingRequested request(TrialRun run, Digest dataset) {
        OptionalInt stop = rungs.stopAfter(run.rung());
        TrainingRequested.Builder request = space.training(trial(run)).toBuilder()
                .setRunId(run.runId())
                .setDataset(dataset().name() + "@" + dataset)
                .setPublish(false);
        stop.ifPresent(request::setStopAfterEpoch);
        before(run).ifPresent(earlier -> request.clearContinueFrom().setResumeFrom(earlier.runId()));
        return request.build();
    }

    /**
     * The request of the run that publishes.
     *
     * @param best the trial's last run, which it continues
     */
    TrainingRequested request(TrialRun publishing, TrialRun best, Digest dataset) {
        return request(publishing, dataset).toBuilder()
                .setResumeFrom(best.runId())
                .setPublish(true)
                .build();
    }

    private Optional<TrialRun> before(TrialRun run) {
        return run.rung() == 0 ? Optional.empty() : Optional.of(run(new Ladder.Step(run.trial(), run.rung() - 1)));
    }

    private static Rungs rungs(Halving asked, TrainingRequested training) {
        if (!training.hasEpochs()) {
            throw new BadInputException("training.epochs is missing, must be given with halving");
        }
        return Rungs.of(
                asked.hasMinEpochs() ? asked.getMinEpochs() : MIN_EPOCHS,
                asked.hasReductionFactor() ? asked.getReductionFactor() : REDUCTION_FACTOR,
                training.getEpochs());
    }

    private static Stream<String> given(Message message) {
        return message.getAllFields().keySet().stream().map(field -> field.getJsonName());
    }
}
