package io.catwalk.training.loop;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requireNotNegative;

/**
 * When a run ends before its last epoch.
 *
 * @param patience epochs without a better one after which it ends, at least 1
 * @param minImprovement by how much an epoch's validation accuracy must lie above the best one's to be better
 */
public record EarlyStopping(int patience, double minImprovement) {
    public EarlyStopping {
        requireAtLeastOne("patience", patience);
        requireNotNegative("minImprovement", minImprovement);
    }
}
