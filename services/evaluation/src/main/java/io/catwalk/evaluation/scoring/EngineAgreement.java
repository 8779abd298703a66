package io.catwalk.evaluation.scoring;

/**
 * How far two engines give the same answers for the same model on one split.
 *
 * @param images of the split
 * @param largestDifference between the two engines' probabilities of one class of one image
 * @param differentLabels images that get another label, although the first engine's two highest probabilities are further
 *     apart than both engines' errors together
 */
public record EngineAgreement(int images, double largestDifference, int differentLabels) {
    /** The largest difference between two probabilities that agree. */
    public static final double TOLERANCE = 1e-4;

    /** @throws IllegalArgumentException for predictions of different splits */
    public static EngineAgreement of(Predictions first, Predictions second) {
        if (first.count() != second.count() || first.classes() != second.classes()) {
            throw new IllegalArgumentException("predictions of different splits: %dx%d and %dx%d"
                    .formatted(first.count(), first.classes(), second.count(), second.classes()));
        }
        double largest = 0;
        int differentLabels = 0;
        for (int image = 0; image < first.count(); image++) {
            for (int label = 0; label < first.classes(); label++) {
                largest = Math.max(
                        largest, Math.abs((double) first.probability(image, label) - second.probability(image, label)));
            }
            if (first.predicted(image) != second.predicted(image) && first.margin(image) > 2 * TOLERANCE) {
                differentLabels++;
            }
        }
        return new EngineAgreement(first.count(), largest, differentLabels);
    }

    public boolean holds() {
        return largestDifference <= TOLERANCE && differentLabels == 0;
    }

    /** In words. */
    public String description() {
        return "of %d test images %d get another label, and probabilities differ by at most %.1e"
                .formatted(images, differentLabels, largestDifference);
    }
}
