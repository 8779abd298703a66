package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

/**
 * The 1cycle policy with cosine annealing (Smith and Topin 2018), with the formulas and defaults of
 * PyTorch's {@code OneCycleLR}: from {@code highest / 25} over 30 % of the steps, then down to {@code highest / 250,000}.
 * Momentum is constant.
 */
public record OneCycle(double highest, long steps) implements Schedule {
    private static final double FIRST_DIVISOR = 25;
    private static final double LAST_DIVISOR = FIRST_DIVISOR * 1e4;
    private static final double RISING = 0.3;

    /** @throws IllegalArgumentException unless the rate is above 0 and finite, and there is at least one step */
    public OneCycle {
        requirePositive("highest", highest);
        requireAtLeastOne("steps", steps);
    }

    @Override
    public double rate(long step) {
        double top = RISING * steps - 1;
        double last = steps - 1.0;
        double at = Math.min(step, last);
        return at < top
                ? Cosine.between(highest / FIRST_DIVISOR, highest, at / top)
                : Cosine.between(highest, highest / LAST_DIVISOR, last > top ? (at - top) / (last - top) : 1);
    }
}
