package io.catwalk.evaluation.atlas;

import java.nio.ByteBuffer;
import java.util.Optional;

import io.catwalk.dataset.DatasetFile;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.scoring.Confidences;
import io.catwalk.evaluation.scoring.PredictedClasses;

/**
 * A model's answers on its test set, as its evaluation kept them.
 *
 * @param files of the dataset
 * @param labels the test set's, unsigned
 * @param predicted of the same images
 * @param confidences in what was predicted; empty where an older release has scored
 */
public record ScoredTestSet(
        EvaluationReport report,
        IdxFiles<DatasetFile> files,
        ByteBuffer labels,
        PredictedClasses predicted,
        Optional<Confidences> confidences) {
    /** @throws IllegalArgumentException when the parts are of different numbers of images */
    public ScoredTestSet {
        int count = report.test().count();
        require("labels", labels.remaining(), count);
        require("predictions", predicted.classes().size(), count);
        confidences.ifPresent(kept -> require("confidences", kept.count(), count));
    }

    private static void require(String field, int actual, int count) {
        if (actual != count) {
            throw new IllegalArgumentException(field + ": " + actual + ", must be the " + count + " test images");
        }
    }

    public int count() {
        return report.test().count();
    }

    public int label(int image) {
        return Byte.toUnsignedInt(labels.get(image));
    }

    public int predicted(int image) {
        return predicted.of(image);
    }

    public boolean isRight(int image) {
        return predicted(image) == label(image);
    }

    /** Of the predicted class, 0 to 1. */
    public Optional<Float> confidence(int image) {
        return confidences.map(kept -> kept.of(image));
    }

    /** Whether another's answers are on the same images, with the same classes. */
    public boolean isComparable(ScoredTestSet other) {
        return files.testImages().equals(other.files.testImages())
                && files.testLabels().equals(other.files.testLabels())
                && report.labelNames().equals(other.report.labelNames());
    }
}
