package io.catwalk.evaluation.report;

import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.gate.Candidate;
import io.catwalk.evaluation.gate.Champion;
import io.catwalk.evaluation.gate.Gate;
import io.catwalk.evaluation.gate.Opponent;
import io.catwalk.evaluation.scoring.GeneratedImages;
import io.catwalk.evaluation.scoring.LabelledImages;
import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.SampleChoice;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.SuspectedMislabels;
import io.catwalk.evaluation.scoring.Tally;

/** A report of three classes and five test images, of which three are classified correctly. */
public final class ReportFixture {
    public static final List<String> NAMES = List.of("Trouser", "Bag", "Ankle boot");
    public static final LabelledImages TEST = new GeneratedImages(4, 4, 1, 0, 0, 1, 2, 2);
    public static final List<CurvePoint> CURVE = List.of(
            new CurvePoint(1, Split.TRAIN, 0.9, 0.60),
            new CurvePoint(1, Split.VALIDATION, 0.7, 0.70),
            new CurvePoint(2, Split.TRAIN, 0.5, 0.80),
            new CurvePoint(2, Split.VALIDATION, 0.6, 0.78),
            new CurvePoint(3, Split.TRAIN, 0.2, 0.95),
            new CurvePoint(3, Split.VALIDATION, 0.8, 0.75));

    private ReportFixture() {}

    public static EvaluationReport report() {
        return report(NAMES, CURVE);
    }

    public static EvaluationReport report(List<String> names, List<CurvePoint> curve) {
        Predictions predictions = predictions();
        SplitScore score = SplitScore.of(predictions);
        Gate gate = new Gate(0.005, 0.5);
        Opponent champion = new Champion(2, new Tally(2, 5));
        return new EvaluationReport(
                EvaluationReport.SCHEMA,
                run(),
                names,
                score,
                score,
                curve,
                SampleChoice.first(25, predictions),
                Optional.empty(),
                Optional.empty(),
                Optional.of(SuspectedMislabels.of(predictions)),
                Optional.empty(),
                new Assessment(gate, champion, gate.evaluate(new Candidate(score.tally(), score.tally()), champion)));
    }

    private static Predictions predictions() {
        float[] probabilities = {.75f, .25f, 0, .5f, .25f, .25f, 0, 1, 0, .125f, .625f, .25f, .875f, .125f, 0};
        return new Predictions(3, probabilities, new int[] {0, 0, 1, 2, 2});
    }

    private static RunFacts run() {
        return new RunFacts(
                "run-7",
                "fashion",
                "sha256:" + "ab".repeat(32),
                "fashion-mnist",
                "sha256:" + "cd".repeat(32),
                "tutorial-cnn",
                356_234,
                3,
                42);
    }
}
