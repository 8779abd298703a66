package io.catwalk.network.schedule;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;
import static io.catwalk.network.precondition.Preconditions.requireNotNegative;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

/**
 * Cosine annealing, then a constant rate (Loshchilov and Hutter 2017, equation 5, without restarts).
 *
 * @param last the rate from step {@code steps} on, at least 0
 */
public record Cosine(double first, double last, long steps) implements Schedule {
    /** @throws IllegalArgumentException for a value outside its range */
    public Cosine {
        requirePositive("first", first);
        requireNotNegative("last", last);
        requireAtLeastOne("steps", steps);
    }

    @Override
    public double rate(long step) {
        return between(first, last, (double) Math.min(step, steps) / steps);
    }

    /** Half a cosine from one rate to another; {@code part} within 0..1. */
    static double between(double from, double to, double part) {
        return to + (from - to) * (1 + Math.cos(Math.PI * part)) / 2;
    }
}
