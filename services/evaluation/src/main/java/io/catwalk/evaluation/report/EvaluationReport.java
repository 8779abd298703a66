package io.catwalk.evaluation.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.PredictedClasses;
import io.catwalk.evaluation.scoring.SampleChoice;
import io.catwalk.evaluation.scoring.SplitScore;
import io.catwalk.evaluation.scoring.SuspectedMislabels;

/**
 * The results of evaluating a run's model.
 *
 * @param schema {@link #SCHEMA}
 * @param labelNames each class's name, in the classes' order
 * @param curve by epoch, then split; empty when the run's epochs aren't known
 * @param samples of the test split
 * @param testPredictions the digest of the test split's {@link PredictedClasses}; empty in reports of older releases
 * @param testConfidences the digest of the test split's {@link Confidences}; empty in reports of older releases
 * @param suspects of the test split, for showing only; empty in reports of older releases
 * @param onnx of the model's ONNX export; empty without one
 */
public record EvaluationReport(
        int schema,
        RunFacts run,
        List<String> labelNames,
        SplitScore validation,
        SplitScore test,
        List<CurvePoint> curve,
        SampleChoice samples,
        Optional<String> testPredictions,
        Optional<String> testConfidences,
        Optional<SuspectedMislabels> suspects,
        Optional<OnnxCheck> onnx,
        @JsonProperty("judgement") Assessment assessment) {
    /** This form of the report; a reader refuses another. */
    public static final int SCHEMA = 1;

    /** @throws IllegalArgumentException for another schema, or when a score or sample has another number of classes */
    public EvaluationReport {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("schema: " + schema + ", must be " + SCHEMA);
        }
        labelNames = List.copyOf(labelNames);
        curve = curve.stream()
                .sorted(Comparator.comparing(CurvePoint::epoch).thenComparing(CurvePoint::split))
                .toList();
        checkClasses("validation", validation, labelNames.size());
        checkClasses("test", test, labelNames.size());
        checkSamples(samples, labelNames.size(), test.count());
        if (suspects.isPresent()) {
            checkSuspects(suspects.get(), labelNames.size(), test.count());
        }
    }

    private static void checkClasses(String field, SplitScore score, int classes) {
        if (score.confusion().classes() != classes) {
            throw new IllegalArgumentException(field + ".confusion: "
                    + score.confusion().classes() + " classes, must be " + classes + " as labelNames");
        }
    }

    private static void checkSamples(SampleChoice samples, int classes, int count) {
        Stream.concat(samples.correct().stream(), samples.wrong().stream()).forEach(sample -> {
            checkBelow("samples.index", sample.index(), count);
            checkBelow("samples.label", sample.label(), classes);
            checkBelow("samples.predicted", sample.predicted(), classes);
        });
    }

    private static void checkSuspects(SuspectedMislabels suspects, int classes, int count) {
        if (suspects.thresholds().size() != classes) {
            throw new IllegalArgumentException(
                    "suspects.thresholds: " + suspects.thresholds().size() + ", must be " + classes + " as labelNames");
        }
        suspects.images().forEach(suspect -> {
            checkBelow("suspects.index", suspect.index(), count);
            checkBelow("suspects.label", suspect.label(), classes);
            checkBelow("suspects.suggested", suspect.suggested(), classes);
        });
    }

    private static void checkBelow(String field, int value, int limit) {
        if (value < 0 || value >= limit) {
            throw new IllegalArgumentException(field + ": " + value + ", must be 0 to " + (limit - 1));
        }
    }
}
