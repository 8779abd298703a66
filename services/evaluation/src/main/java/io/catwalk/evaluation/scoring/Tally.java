package io.catwalk.evaluation.scoring;

/**
 * Correctly classified images of a split. Kept as counts, so that limits are compared exactly.
 *
 * @param count images in the split
 */
public record Tally(int correct, int count) {
    public Tally {
        if (count < 1) {
            throw new IllegalArgumentException("count: " + count + ", must be at least 1");
        }
        if (correct < 0 || correct > count) {
            throw new IllegalArgumentException("correct: " + correct + ", must be 0 to " + count);
        }
    }

    /** The share of correct ones, 0 to 1. */
    public double accuracy() {
        return (double) correct / count;
    }
}
