package io.catwalk.network.training;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;
import static io.catwalk.network.precondition.Preconditions.requireNotNegative;

import java.util.List;

import io.catwalk.network.augmentation.Augmentation;

/**
 * Regularisation besides the layers for dropout and normalisation.
 *
 * @param labelSmoothing the part of each label that is spread evenly over all classes, at least 0 and below 1 (Szegedy et
 *     al. 2016, section 7); not used in scores
 * @param weightDecay of kernels, at least 0; {@code AdamW} decouples it, the other optimizers add it to the gradients
 *     after clipping. A step's reported loss excludes it
 * @param augmentations in this order; not used in scores
 */
public record Regularisation(float labelSmoothing, float weightDecay, List<Augmentation> augmentations) {
    /** @throws IllegalArgumentException for a value outside its range */
    public Regularisation {
        augmentations = List.copyOf(augmentations);
        requireBelowOne("labelSmoothing", labelSmoothing);
        requireNotNegative("weightDecay", weightDecay);
    }

    public static Regularisation none() {
        return new Regularisation(0, 0, List.of());
    }
}
