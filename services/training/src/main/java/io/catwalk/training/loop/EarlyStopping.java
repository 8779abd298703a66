package io.catwalk.training.loop;

/**
 * When a run ends before its last epoch.
 *
 * @param patience epochs without a better one after which it ends, at least 1
 * @param minImprovement by how much an epoch's validation accuracy must lie above the best one's to be better
 */
public record EarlyStopping(int patience, double minImprovement) {
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("patience must be at least 1, not " + patience);
        }
        if (!(minImprovement >= 0 && minImprovement <= 1)) {
            throw new IllegalArgumentException("minImprovement must be 0 to 1, not " + minImprovement);
        }
    }
}
