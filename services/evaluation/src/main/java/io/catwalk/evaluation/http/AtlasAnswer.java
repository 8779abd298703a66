package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import io.catwalk.evaluation.atlas.ScoredTestSet;
import io.catwalk.evaluation.scoring.Suspect;

/** Pages of the error atlas. Images are named by their places in the test split of the dataset's content with that digest. */
final class AtlasAnswer {
    private AtlasAnswer() {}

    /** @param total samples on all pages */
    public record Samples(String runId, String dataset, String datasetDigest, int total, List<Sample> samples) {}

    /**
     * @param index the image's place in the test split, from 0
     * @param confidence the predicted class's probability, 0 to 1
     */
    public record Sample(int index, int label, int predicted, Optional<Float> confidence) {
        static Sample of(ScoredTestSet set, int image) {
            return new Sample(image, set.label(image), set.predicted(image), set.confidence(image));
        }
    }

    /**
     * @param total how many are suspected, also where fewer are kept
     * @param thresholds each class's
     */
    public record Suspects(
            String runId,
            String dataset,
            String datasetDigest,
            int total,
            List<OptionalDouble> thresholds,
            List<Suspect> suspects) {}

    /**
     * @param newlyRight how many images only this model got right
     * @param newlyWrong how many only the other
     * @param samples of the kinds asked for
     */
    public record Changed(
            String runId,
            String dataset,
            String datasetDigest,
            Against against,
            int newlyRight,
            int newlyWrong,
            List<Change> samples) {}

    /** The version that is compared with. */
    public record Against(long version, String runId) {}

    /**
     * @param index the image's place in the test split, from 0
     * @param before what the other version took it for
     * @param confidence the predicted class's probability, 0 to 1
     */
    public record Change(int index, int label, int before, int predicted, Optional<Float> confidence) {
        static Change of(ScoredTestSet before, ScoredTestSet after, int image) {
            return new Change(
                    image,
                    after.label(image),
                    before.predicted(image),
                    after.predicted(image),
                    after.confidence(image));
        }
    }
}
