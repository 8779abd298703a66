package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

/**
 * A linear warm-up to another schedule's first rate, then that schedule from its start (Goyal
 * et al. 2017, section 2.2).
 *
 * @param steps of the warm-up; the next step has the full rate
 */
public record WarmUp(long steps, Schedule then) implements Schedule {
    /** @throws IllegalArgumentException without a step, or for a warm-up of a warm-up */
    public WarmUp {
        requireAtLeastOne("steps", steps);
        if (then instanceof WarmUp) {
            throw new IllegalArgumentException("a warm-up can't follow another one");
        }
    }

    @Override
    public double rate(long step) {
        return step < steps ? then.rate(0) * ((step + 1.0) / (steps + 1.0)) : then.rate(step - steps);
    }
}
