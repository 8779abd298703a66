package io.catwalk.evaluation.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.ReportFixture;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.scoring.PredictedClasses;

/** Runs on five test images of the classes 0, 0, 1, 2, 2. */
public final class ComparisonFixture {
    private ComparisonFixture() {}

    public static Comparison comparison(ComparedRun... runs) {
        return Comparison.of(List.of(runs), ReportFixture.TEST);
    }

    public static ComparedRun run(String key, String runId, Integer... predicted) {
        return new ComparedRun(key, report(runId), Optional.of(new PredictedClasses(Arrays.asList(predicted))));
    }

    public static ComparedRun unpredicted(String key, String runId) {
        return new ComparedRun(key, report(runId), Optional.empty());
    }

    private static EvaluationReport report(String runId) {
        EvaluationReport report = ReportFixture.report();
        RunFacts run = report.run();
        return new EvaluationReport(
                report.schema(),
                new RunFacts(
                        runId,
                        run.model(),
                        run.modelDigest(),
                        run.dataset(),
                        run.datasetDigest(),
                        run.network(),
                        run.parameters(),
                        run.epochs(),
                        run.seed()),
                report.labelNames(),
                report.validation(),
                report.test(),
                report.curve(),
                report.samples(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                report.assessment());
    }
}
