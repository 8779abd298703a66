package io.catwalk.evaluation.report.page;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Comparison;
import io.catwalk.evaluation.comparison.McNemar;
import io.catwalk.evaluation.comparison.Overfitting;

/**
 * What the template of a comparison shows.
 *
 * @param unpredicted the runs whose evaluations kept no predictions, or empty
 * @param threshold the level that a pair's probability is held to
 */
record ComparisonContent(
        String title,
        String dataset,
        List<RunRow> runs,
        List<LineChart> charts,
        String criterion,
        List<PairRow> pairs,
        String threshold,
        String test,
        String unpredicted) {
    private static final String CRITERION =
            "A run overfits when after the epoch of its lowest validation loss there are "
                    + Overfitting.EPOCHS + " epochs in a row with a validation loss more than "
                    + Overfitting.RISE_PERCENT
                    + " % above that lowest and a training loss below that epoch's.";
    private static final String TEST = "McNemar's test of the images that only one of the two got right; below "
            + McNemar.FEW + " of them the exact two-sided binomial test, else chi-squared with one degree of freedom"
            + " and Edwards' correction (McNemar 1947, Edwards 1948; for classifiers Dietterich 1998).";

    static ComparisonContent of(Comparison comparison) {
        Significance significance = new Significance(comparison.disagreements().size());
        return new ComparisonContent(
                comparison.runs().stream().map(ComparedRun::runId).collect(Collectors.joining(", ")),
                comparison.runs().getFirst().report().run().dataset(),
                comparison.runs().stream().map(RunRow::of).toList(),
                charts(comparison.runs()),
                CRITERION,
                comparison.disagreements().stream()
                        .map(pair -> PairRow.of(pair, comparison, significance))
                        .toList(),
                significance.stated(),
                TEST,
                comparison.runs().stream()
                        .filter(run -> run.predictions().isEmpty())
                        .map(ComparedRun::key)
                        .collect(Collectors.joining(", ")));
    }

    private static List<LineChart> charts(List<ComparedRun> runs) {
        List<ComparedRun> known =
                runs.stream().filter(run -> !run.report().curve().isEmpty()).toList();
        return known.isEmpty()
                ? List.of()
                : Arrays.stream(Figure.values())
                        .map(figure -> new OverlayPlot(known, figure).draw())
                        .toList();
    }
}
