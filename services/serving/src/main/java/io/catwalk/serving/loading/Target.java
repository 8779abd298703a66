package io.catwalk.serving.loading;

import java.util.OptionalDouble;

/**
 * The loaded version that a label points at.
 *
 * @param model not acquired
 * @param entry the entry of the label's journal that decided it
 * @param weight of a live rollout, above 0
 */
public record Target(LoadedModel model, long entry, OptionalDouble weight) {
    /** The weight of a live rollout; 0 without one. */
    public double share() {
        return weight.orElse(0);
    }

    Target withoutWeight() {
        return new Target(model, entry, OptionalDouble.empty());
    }
}
