package io.catwalk.evaluation.atlas;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What a model does otherwise than an earlier one on the same test set, by its images' places.
 *
 * @param newlyRight what only the model got right
 * @param newlyWrong what only the earlier one got right
 */
public record Changes(List<Integer> newlyRight, List<Integer> newlyWrong) {
    public Changes {
        newlyRight = List.copyOf(newlyRight);
        newlyWrong = List.copyOf(newlyWrong);
    }

    /** @throws IllegalArgumentException when they can't be compared */
    public static Changes of(ScoredTestSet before, ScoredTestSet after) {
        if (!after.isComparable(before)) {
            throw new IllegalArgumentException("runs " + before.report().run().runId() + " and "
                    + after.report().run().runId() + " were scored on different test sets");
        }
        return new Changes(
                images(after, image -> after.isRight(image) && !before.isRight(image)),
                images(after, image -> before.isRight(image) && !after.isRight(image)));
    }

    /** Both kinds, in the test set's order. */
    public List<Integer> all() {
        return IntStream.concat(
                        newlyRight.stream().mapToInt(Integer::intValue),
                        newlyWrong.stream().mapToInt(Integer::intValue))
                .sorted()
                .boxed()
                .toList();
    }

    private static List<Integer> images(ScoredTestSet set, IntPredicate chosen) {
        return IntStream.range(0, set.count()).filter(chosen).boxed().toList();
    }
}
