package io.catwalk.evaluation.scoring;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Chooses samples of a split: the first correct and the first wrong ones. */
public record SampleChoice(List<Sample> correct, List<Sample> wrong) {
    public SampleChoice {
        correct = List.copyOf(correct);
        wrong = List.copyOf(wrong);
    }

    /** At most {@code limit} of each, in the split's order. */
    public static SampleChoice first(int limit, Predictions predictions) {
        return new SampleChoice(
                first(limit, predictions, predictions::isCorrect),
                first(limit, predictions, image -> !predictions.isCorrect(image)));
    }

    private static List<Sample> first(int limit, Predictions predictions, IntPredicate chosen) {
        return IntStream.range(0, predictions.count())
                .filter(chosen)
                .limit(limit)
                .mapToObj(image -> sample(predictions, image))
                .toList();
    }

    private static Sample sample(Predictions predictions, int image) {
        int predicted = predictions.predicted(image);
        return new Sample(image, predictions.label(image), predicted, predictions.probability(image, predicted));
    }
}
