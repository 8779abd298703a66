package io.catwalk.training.sweep.space;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.journal.JournalJson;
import io.catwalk.sweep.v1.RandomSearch;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.v1.TrainingRequested;

/** All trials of a sweep: the same for the same request, whoever asks. */
public final class Trials {
    private static final int MOST = 256;
    private static final long SEED = 42;
    /** Draws for each trial before a space counts as too small. */
    private static final int DRAWS = 100;

    private Trials() {}

    /**
     * @param fixed fields of a training request that trials can't differ in
     * @throws IllegalArgumentException naming the parameter or the trial, its value and what it must be
     */
    public static List<Trial> of(SweepRequested asked, Set<String> fixed) {
        List<Axis> axes = asked.getParametersList().stream().map(Axis::of).toList();
        requireDifferent(axes);
        axes.stream()
                .map(Axis::path)
                .filter(path -> fixed.contains(path.root()))
                .findFirst()
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "the parameter %s is the same for all trials of a sweep".formatted(path.text()));
                });
        List<Map<String, JsonNode>> combinations = asked.hasRandom() ? random(axes, asked.getRandom()) : grid(axes);
        ObjectNode base = (ObjectNode) JournalJson.parse(EventJson.toJson(asked.getTraining()));
        List<Trial> trials = new ArrayList<>();
        for (Map<String, JsonNode> combination : combinations) {
            trials.add(trial(trials.size() + 1, base, axes, combination));
        }
        return trials;
    }

    private static void requireDifferent(List<Axis> axes) {
        Set<List<FieldPath.Step>> seen = new HashSet<>();
        axes.stream()
                .map(Axis::path)
                .filter(path -> !seen.add(path.steps()))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException("the parameter %s stands twice".formatted(twice.text()));
                });
    }

    /** The last parameter changes first. */
    private static List<Map<String, JsonNode>> grid(List<Axis> axes) {
        List<Map<String, JsonNode>> combinations = List.of(Map.of());
        for (Axis axis : axes) {
            combinations = crossed(combinations, axis);
            if (combinations.size() > MOST) {
                throw new IllegalArgumentException(
                        "the parameters have more than %d combinations: take a random search".formatted(MOST));
            }
        }
        if (combinations.size() < 2) {
            throw new IllegalArgumentException("the parameters have 1 combination, a sweep must have 2 trials or more");
        }
        return combinations;
    }

    private static List<Map<String, JsonNode>> crossed(List<Map<String, JsonNode>> combinations, Axis axis) {
        return switch (axis) {
            case Axis.Choices choices ->
                combinations.stream()
                        .flatMap(combination ->
                                choices.values().stream().map(value -> with(combination, axis.path(), value)))
                        .toList();
            case Axis.Span span ->
                throw new IllegalArgumentException("the parameter %s has a range, must have values in a grid search"
                        .formatted(axis.path().text()));
        };
    }

    private static List<Map<String, JsonNode>> random(List<Axis> axes, RandomSearch search) {
        SplittableRandom random = new SplittableRandom(search.hasSeed() ? search.getSeed() : SEED);
        Set<Map<String, JsonNode>> combinations = new LinkedHashSet<>();
        for (int draws = 0; combinations.size() < search.getTrials(); draws++) {
            if (draws == DRAWS * search.getTrials()) {
                throw new IllegalArgumentException(
                        "random.trials is %d, but the parameters have hardly %d combinations: take a grid search"
                                .formatted(search.getTrials(), combinations.size()));
            }
            Map<String, JsonNode> combination = Map.of();
            for (Axis axis : axes) {
                combination = with(combination, axis.path(), axis.draw(random));
            }
            combinations.add(combination);
        }
        return List.copyOf(combinations);
    }

    private static Map<String, JsonNode> with(Map<String, JsonNode> combination, FieldPath path, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(combination);
        more.put(path.text(), value);
        return more;
    }

    private static Trial trial(int number, ObjectNode base, List<Axis> axes, Map<String, JsonNode> combination) {
        ObjectNode json = base.deepCopy();
        axes.forEach(axis -> axis.path().set(json, combination.get(axis.path().text())));
        try {
            TrainingRequested training =
                    EventJson.read(EventType.TRAINING_REQUESTED, json.toString().getBytes(UTF_8));
            EventType.TRAINING_REQUESTED.check(training);
            RequestedNetwork.of(TrainingRequest.from(training, "any"));
            return new Trial(number, combination, training);
        } catch (BadEventException | IllegalArgumentException e) {
            throw new IllegalArgumentException("trial %d: %s".formatted(number, e.getMessage()), e);
        }
    }
}
