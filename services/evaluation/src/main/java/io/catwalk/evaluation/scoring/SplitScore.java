package io.catwalk.evaluation.scoring;

/**
 * A classifier's metrics on one split.
 *
 * @param count images in the split
 * @param loss mean cross entropy in nats
 * @param accuracy share of images whose most probable class is the label, 0 to 1
 */
public record SplitScore(
        int count, double loss, double accuracy, ConfusionMatrix confusion, ClassificationReport classification) {
    /**
     * The lower bound of probabilities in the loss: float32's smallest normal number, so that the loss agrees with one
     * computed from logits until softmax underflows, at about 87 nats.
     */
    public static final double MIN_PROBABILITY = Float.MIN_NORMAL;

    public SplitScore {
        if (count != confusion.total()) {
            throw new IllegalArgumentException("count: " + count + ", must be " + confusion.total() + " as confusion");
        }
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException("loss: " + loss + ", must be finite");
        }
    }

    public static SplitScore of(Predictions predictions) {
        ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
        return new SplitScore(
                predictions.count(),
                meanCrossEntropy(predictions),
                (double) confusion.correct() / confusion.total(),
                confusion,
                ClassificationReport.of(confusion));
    }

    private static double meanCrossEntropy(Predictions predictions) {
        double sum = 0;
        for (int image = 0; image < predictions.count(); image++) {
            double probability = predictions.probability(image, predictions.label(image));
            sum -= Math.log(Math.clamp(probability, MIN_PROBABILITY, 1));
        }
        return sum / predictions.count();
    }

    public Tally tally() {
        return new Tally(confusion.correct(), count);
    }
}
