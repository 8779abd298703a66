package io.catwalk.evaluation.report.page;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.comparison.ComparedRun;
import io.catwalk.evaluation.comparison.Overfitting;
import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.report.Split;

/**
 * One run in a comparison's tables.
 *
 * @param kind the CSS class of its colour
 * @param overfits in words whether and from when on
 */
record RunRow(
        String key,
        String kind,
        String runId,
        String model,
        String network,
        String seed,
        int epochs,
        String trainLoss,
        String lowestLoss,
        String lastLoss,
        String testLoss,
        String validationAccuracy,
        String testAccuracy,
        boolean overfitting,
        String overfits) {
    private static final String UNKNOWN = "–";

    static RunRow of(ComparedRun run) {
        RunFacts facts = run.report().run();
        List<CurvePoint> curve = run.report().curve();
        List<CurvePoint> validation = split(curve, Split.VALIDATION);
        Optional<CurvePoint> lowest = Figure.LOSS.best(validation);
        Optional<Overfitting> overfitting = Overfitting.of(curve);
        return new RunRow(
                run.key(),
                OverlayPlot.kind(run),
                facts.runId(),
                facts.model(),
                facts.network(),
                Long.toString(facts.seed()),
                facts.epochs(),
                last(Figure.LOSS, split(curve, Split.TRAIN)),
                lowest.map(point -> Figure.LOSS.text(point) + " (" + point.epoch() + ")")
                        .orElse(UNKNOWN),
                last(Figure.LOSS, validation),
                PageContent.fourDecimals(run.report().test().loss()),
                last(Figure.ACCURACY, validation),
                PageContent.fourDecimals(run.report().test().accuracy()),
                overfitting.isPresent(),
                overfitting.map(found -> overfits(found, validation.getLast())).orElseGet(() -> fits(lowest)));
    }

    private static String overfits(Overfitting found, CurvePoint last) {
        return "overfits from epoch " + found.since() + " on. Its validation loss was lowest after epoch "
                + found.best().epoch() + ", " + Figure.LOSS.text(found.best()) + ", and is " + Figure.LOSS.text(last)
                + " after the last, " + last.epoch() + ".";
    }

    private static String fits(Optional<CurvePoint> lowest) {
        return lowest.map(point -> "doesn't overfit by this criterion. Its validation loss was lowest after epoch "
                        + point.epoch() + ", " + Figure.LOSS.text(point) + ".")
                .orElse("has no known epochs.");
    }

    private static List<CurvePoint> split(List<CurvePoint> curve, Split split) {
        return curve.stream().filter(point -> point.split() == split).toList();
    }

    private static String last(Figure figure, List<CurvePoint> points) {
        return points.isEmpty() ? UNKNOWN : figure.text(points.getLast());
    }
}
