package io.catwalk.training.sweep.space;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.v1.TrainingRequested;

/** All trials of a sweep: the same for the same request. */
public final class Trials {
    private final List<Trial> all;
    private final TrialTrainings trainings;

    private Trials(List<Trial> all, TrialTrainings trainings) {
        this.all = List.copyOf(all);
        this.trainings = trainings;
    }

    /**
     * @param fixed fields of a training request that trials can't differ in
     * @throws BadInputException naming the parameter, its value and what it must be
     */
    public static Trials of(SweepRequested asked, Set<String> fixed) {
        List<Axis> axes = asked.getParametersList().stream().map(Axis::of).toList();
        List<FieldPath> paths = axes.stream().map(Axis::path).toList();
        requireDifferent(paths);
        paths.stream().filter(path -> fixed.contains(path.root())).findFirst().ifPresent(path -> {
            throw new BadInputException(
                    "the parameter %s is the same for all trials of a sweep".formatted(path.text()));
        });
        List<Map<String, JsonNode>> combinations = Combinations.of(asked, axes);
        return new Trials(
                IntStream.range(0, combinations.size())
                        .mapToObj(index -> new Trial(index + 1, combinations.get(index)))
                        .toList(),
                TrialTrainings.of(asked.getTraining(), paths));
    }

    /**
     * Checks every trial, which {@link #of} doesn't, as it may cost much.
     *
     * @throws BadInputException naming the trial, the field, its value and what it must be; or how much they are in all
     */
    public void check() {
        trainings.check(all);
    }

    /** Numbered from 1. */
    public List<Trial> all() {
        return all;
    }

    /** How a trial is trained. */
    public TrainingRequested training(Trial trial) {
        return trainings.of(trial);
    }

    /** How much JSON {@link #check} reads. */
    long bytes() {
        return trainings.bytes(all);
    }

    private static void requireDifferent(List<FieldPath> paths) {
        Set<List<FieldPath.Step>> seen = new HashSet<>();
        paths.stream().filter(path -> !seen.add(path.steps())).findFirst().ifPresent(twice -> {
            throw new BadInputException("the parameter %s stands twice".formatted(twice.text()));
        });
    }
}
