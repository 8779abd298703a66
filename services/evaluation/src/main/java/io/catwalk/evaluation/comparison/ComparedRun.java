package io.catwalk.evaluation.comparison;

import java.util.Optional;

import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.scoring.PredictedClasses;

/**
 * One of several runs side by side.
 *
 * @param key its letter: A, B and so on
 * @param predictions its model's on the test split; empty where its evaluation kept none
 */
public record ComparedRun(String key, EvaluationReport report, Optional<PredictedClasses> predictions) {
    /** @throws IllegalArgumentException when there are more or fewer predictions than test images */
    public ComparedRun {
        int count = report.test().count();
        predictions.filter(kept -> kept.classes().size() != count).ifPresent(kept -> {
            throw new IllegalArgumentException("predictions of run "
                    + report.run().runId() + ": " + kept.classes().size() + ", must be " + count);
        });
    }

    public String runId() {
        return report.run().runId();
    }
}
