package io.catwalk.evaluation.report.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.catwalk.evaluation.gate.Verdict;
import io.catwalk.evaluation.report.CurvePoint;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.OnnxCheck;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.scoring.LabelledImages;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.Suspect;
import io.catwalk.evaluation.scoring.SuspectedMislabels;

/** What the template shows, as text and coordinates. */
record PageContent(
        String title,
        boolean promoted,
        String reason,
        List<Fact> figures,
        List<LineChart> charts,
        MatrixTable matrix,
        MetricsTable metrics,
        List<Gallery> galleries,
        Optional<Suspicion> suspicion,
        List<Fact> facts) {
    /** As many as of the other samples, five by five. */
    private static final int SUSPECTS = 25;

    static PageContent of(EvaluationReport report, LabelledImages test) {
        Verdict verdict = report.assessment().verdict();
        return new PageContent(
                report.run().model() + ", run " + report.run().runId(),
                isPromoted(verdict),
                verdict.reason(),
                figures(report.validation(), report.test()),
                charts(report.curve()),
                MatrixTable.of(report.test().confusion(), report.labelNames()),
                MetricsTable.of(report.test(), report.labelNames()),
                List.of(
                        Gallery.correct(report.samples().correct(), report.labelNames(), test),
                        Gallery.wrong(report.samples().wrong(), report.labelNames(), test)),
                report.suspects().map(suspects -> suspicion(suspects, report.labelNames(), test)),
                facts(report));
    }

    private static Suspicion suspicion(SuspectedMislabels suspects, List<String> names, LabelledImages test) {
        List<Suspect> surest = suspects.images().stream().limit(SUSPECTS).toList();
        return new Suspicion(grouped(suspects.count()), Gallery.suspects(surest, names, test));
    }

    private static boolean isPromoted(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Promote promote -> true;
            case Verdict.Refuse refuse -> false;
        };
    }

    private static List<Fact> figures(SplitScore validation, SplitScore test) {
        return List.of(
                new Fact("Test accuracy", fourDecimals(test.accuracy())),
                new Fact("Test loss", fourDecimals(test.loss())),
                new Fact(
                        "Test macro F1",
                        fourDecimals(test.classification().macroAverage().f1())),
                new Fact("Validation accuracy", fourDecimals(validation.accuracy())),
                new Fact("Validation loss", fourDecimals(validation.loss())));
    }

    private static List<LineChart> charts(List<CurvePoint> curve) {
        return curve.isEmpty()
                ? List.of()
                : Arrays.stream(Figure.values())
                        .map(figure -> new CurvePlot(curve, figure).draw())
                        .toList();
    }

    private static List<Fact> facts(EvaluationReport report) {
        RunFacts run = report.run();
        return List.of(
                new Fact("Run", run.runId()),
                new Fact("Model", run.model()),
                new Fact("Model digest", run.modelDigest()),
                new Fact("ONNX export", report.onnx().map(PageContent::onnx).orElse("none")),
                new Fact("Dataset", run.dataset()),
                new Fact("Dataset digest", run.datasetDigest()),
                new Fact("Network", run.network()),
                new Fact("Trainable parameters", grouped(run.parameters())),
                new Fact("Epochs", grouped(run.epochs())),
                new Fact("Seed", Long.toString(run.seed())),
                new Fact("Validation images", grouped(report.validation().count())),
                new Fact("Test images", grouped(report.test().count())));
    }

    private static String onnx(OnnxCheck check) {
        return (check.accepted() ? "published: " : "not published: ") + check.reason();
    }

    static String fourDecimals(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String grouped(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    record Fact(String name, String value) {}

    /** @param count of all images whose labels look wrong */
    record Suspicion(String count, Gallery gallery) {}
}
