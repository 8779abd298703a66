package io.catwalk.network.training;

/**
 * Loss and accuracy of the weights on some images, without dropout. Scores of parts add up.
 *
 * @param count images, at least 1
 * @param lossSum sum of the images' cross entropies in nats
 * @param correct images whose highest logit is their label's
 */
public record Score(int count, double lossSum, int correct) {
    public Score {
        if (count < 1 || correct < 0 || correct > count) {
            throw new IllegalArgumentException(
                    "a score needs at least 1 image and correct within 0..count, not %d of %d"
                            .formatted(correct, count));
        }
    }

    public Score plus(Score other) {
        return new Score(Math.addExact(count, other.count), lossSum + other.lossSum, correct + other.correct);
    }

    /** Mean cross entropy in nats. */
    public double loss() {
        return lossSum / count;
    }

    /** The fraction of correct images, 0..1. */
    public double accuracy() {
        return (double) correct / count;
    }
}
