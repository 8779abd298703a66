package io.catwalk.evaluation.comparison;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.evaluation.scoring.LabelledImages;
import io.catwalk.evaluation.scoring.PredictedClasses;

/**
 * Two models on one test split, by its images' places.
 *
 * @param bothRight how many images both got right
 * @param bothWrongAlike how many both took for the same wrong class
 * @param bothWrong images that both got wrong, each in its own way
 */
public record Disagreement(
        ComparedRun first,
        ComparedRun second,
        int bothRight,
        int bothWrongAlike,
        List<Integer> onlyFirst,
        List<Integer> onlySecond,
        List<Integer> bothWrong) {
    public Disagreement {
        onlyFirst = List.copyOf(onlyFirst);
        onlySecond = List.copyOf(onlySecond);
        bothWrong = List.copyOf(bothWrong);
    }

    /** @throws java.util.NoSuchElementException when either has no predictions */
    static Disagreement of(ComparedRun first, ComparedRun second, LabelledImages test) {
        PredictedClasses firsts = first.predictions().orElseThrow();
        PredictedClasses seconds = second.predictions().orElseThrow();
        List<Integer> onlyFirst = new ArrayList<>();
        List<Integer> onlySecond = new ArrayList<>();
        List<Integer> bothWrong = new ArrayList<>();
        int bothRight = 0;
        int bothWrongAlike = 0;
        for (int image = 0; image < test.count(); image++) {
            boolean firstRight = firsts.of(image) == test.label(image);
            boolean secondRight = seconds.of(image) == test.label(image);
            if (firsts.of(image) == seconds.of(image)) {
                bothRight += firstRight ? 1 : 0;
                bothWrongAlike += firstRight ? 0 : 1;
            } else {
                (firstRight ? onlyFirst : secondRight ? onlySecond : bothWrong).add(image);
            }
        }
        return new Disagreement(first, second, bothRight, bothWrongAlike, onlyFirst, onlySecond, bothWrong);
    }

    public McNemar test() {
        return McNemar.of(onlyFirst.size(), onlySecond.size());
    }
}
