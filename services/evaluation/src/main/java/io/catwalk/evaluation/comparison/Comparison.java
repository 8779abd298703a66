package io.catwalk.evaluation.comparison;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.evaluation.scoring.LabelledImages;

/**
 * Several runs on one dataset, side by side.
 *
 * @param runs at least two
 * @param test the split that the predictions are of
 * @param disagreements of each pair of runs with kept predictions
 */
public record Comparison(List<ComparedRun> runs, LabelledImages test, List<Disagreement> disagreements) {
    public Comparison {
        runs = List.copyOf(runs);
        disagreements = List.copyOf(disagreements);
    }

    public static Comparison of(List<ComparedRun> runs, LabelledImages test) {
        List<ComparedRun> predicted =
                runs.stream().filter(run -> run.predictions().isPresent()).toList();
        List<Disagreement> disagreements = new ArrayList<>();
        for (int second = 1; second < predicted.size(); second++) {
            for (int first = 0; first < second; first++) {
                disagreements.add(Disagreement.of(predicted.get(first), predicted.get(second), test));
            }
        }
        return new Comparison(runs, test, disagreements);
    }

    public List<String> labelNames() {
        return runs.getFirst().report().labelNames();
    }
}
