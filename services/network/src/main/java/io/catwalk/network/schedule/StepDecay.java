package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requireFactor;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

/**
 * A rate that decays every {@code every} steps: {@code first * factor ^ floor(step / every)}, PyTorch's
 * {@code StepLR} with the step in place of the epoch.
 */
public record StepDecay(double first, double factor, long every) implements Schedule {
    /** @throws IllegalArgumentException for a value outside its range */
    public StepDecay {
        requirePositive("first", first);
        requireFactor("factor", factor);
        requireAtLeastOne("every", every);
    }

    @Override
    public double rate(long step) {
        return first * Math.pow(factor, Math.floorDiv(step, every));
    }
}
