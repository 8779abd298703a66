package io.catwalk.evaluation.atlas;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which images of a test set are looked for.
 *
 * @param label their class; empty for any
 * @param predicted what the model took them for; empty for anything
 * @param right whether that was their class; empty for both
 */
public record SampleQuery(Optional<Integer> label, Optional<Integer> predicted, Optional<Boolean> right, Order order) {

    /** The order of what is found. */
    public enum Order {
        /** The test set's. */
        INDEX,
        /** The highest confidence first; of equal ones as in the test set. */
        CONFIDENCE
    }

    /**
     * The places of all that match, in the order asked for.
     *
     * @throws java.util.NoSuchElementException when the order is by confidences that aren't kept
     */
    public List<Integer> in(ScoredTestSet set) {
        Stream<Integer> found = IntStream.range(0, set.count())
                .filter(image -> matches(set, image))
                .boxed();
        return switch (order) {
            case INDEX -> found.toList();
            case CONFIDENCE ->
                found.sorted(Comparator.comparing(
                                        (Integer image) -> set.confidence(image).orElseThrow())
                                .reversed())
                        .toList();
        };
    }

    private boolean matches(ScoredTestSet set, int image) {
        return label.filter(wanted -> wanted != set.label(image)).isEmpty()
                && predicted.filter(wanted -> wanted != set.predicted(image)).isEmpty()
                && right.filter(wanted -> wanted != set.isRight(image)).isEmpty();
    }
}
