package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requireFactor;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

/**
 * A rate that falls with each step: {@code first * factor ^ (step / every)}, Keras' {@code ExponentialDecay} without its
 * staircase.
 */
public record Exponential(double first, double factor, long every) implements Schedule {
    /** @throws IllegalArgumentException for a value outside its range */
    public Exponential {
        requirePositive("first", first);
        requireFactor("factor", factor);
        requireAtLeastOne("every", every);
    }

    @Override
    public double rate(long step) {
        return first * Math.pow(factor, (double) step / every);
    }
}
