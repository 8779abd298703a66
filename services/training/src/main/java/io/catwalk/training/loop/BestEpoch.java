package io.catwalk.training.loop;

/**
 * The best epoch so far.
 *
 * @param epoch from 1; 0 before the first has ended
 * @param accuracy on the validation set
 */
public record BestEpoch(int epoch, double accuracy) {
    /** Before the first epoch has ended. */
    static BestEpoch none() {
        return new BestEpoch(0, 0);
    }

    /** @param minImprovement by how much the next one must be better */
    BestEpoch orBetter(int nextEpoch, double nextAccuracy, double minImprovement) {
        return epoch == 0 || nextAccuracy > accuracy + minImprovement ? new BestEpoch(nextEpoch, nextAccuracy) : this;
    }
}
