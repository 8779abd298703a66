package io.catwalk.training.sweep.space;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.sweep.v1.RandomSearch;
import io.catwalk.sweep.v1.SweepRequested;

/** Which values of its parameters a sweep's trials have, by the parameters' fields. */
final class Combinations {
    private static final int MOST = 256;
    private static final long SEED = 42;
    /** Draws for each trial before a space counts as too small. */
    private static final int DRAWS = 100;

    private Combinations() {}

    /** @throws BadInputException when there are too few or too many, or a range where values must be */
    static List<Map<String, JsonNode>> of(SweepRequested asked, List<Axis> axes) {
        return asked.hasRandom() ? random(axes, asked.getRandom()) : grid(axes);
    }

    /** The last parameter changes first. */
    private static List<Map<String, JsonNode>> grid(List<Axis> axes) {
        List<Map<String, JsonNode>> combinations = List.of(Map.of());
        for (Axis axis : axes) {
            combinations = crossed(combinations, choices(axis));
        }
        if (combinations.size() < 2) {
            throw new BadInputException("the parameters have 1 combination, a sweep must have 2 trials or more");
        }
        return combinations;
    }

    private static List<Map<String, JsonNode>> crossed(List<Map<String, JsonNode>> combinations, Axis.Choices axis) {
        if (combinations.size() * axis.values().size() > MOST) {
            throw new BadInputException(
                    "the parameters have more than %d combinations: take a random search".formatted(MOST));
        }
        return combinations.stream()
                .flatMap(combination -> axis.values().stream().map(value -> with(combination, axis.path(), value)))
                .toList();
    }

    private static Axis.Choices choices(Axis axis) {
        return switch (axis) {
            case Axis.Choices choices -> choices;
            case Axis.Span span ->
                throw new BadInputException("the parameter %s has a range, must have values in a grid search"
                        .formatted(axis.path().text()));
        };
    }

    private static List<Map<String, JsonNode>> random(List<Axis> axes, RandomSearch search) {
        SplittableRandom random = new SplittableRandom(search.hasSeed() ? search.getSeed() : SEED);
        Set<List<Object>> seen = new HashSet<>();
        List<Map<String, JsonNode>> combinations = new ArrayList<>();
        for (int draws = 0; combinations.size() < search.getTrials(); draws++) {
            if (draws == DRAWS * search.getTrials()) {
                throw new BadInputException(
                        "random.trials is %d, but the parameters have hardly %d combinations: take a grid search"
                                .formatted(search.getTrials(), combinations.size()));
            }
            List<Axis.Draw> drawn = axes.stream().map(axis -> axis.draw(random)).toList();
            if (seen.add(drawn.stream().map(Axis.Draw::place).toList())) {
                combinations.add(combination(axes, drawn));
            }
        }
        return List.copyOf(combinations);
    }

    private static Map<String, JsonNode> combination(List<Axis> axes, List<Axis.Draw> drawn) {
        Map<String, JsonNode> combination = new LinkedHashMap<>();
        for (int i = 0; i < drawn.size(); i++) {
            combination.put(axes.get(i).path().text(), drawn.get(i).value());
        }
        return combination;
    }

    private static Map<String, JsonNode> with(Map<String, JsonNode> combination, FieldPath path, JsonNode value) {
        Map<String, JsonNode> more = new LinkedHashMap<>(combination);
        more.put(path.text(), value);
        return more;
    }
}
