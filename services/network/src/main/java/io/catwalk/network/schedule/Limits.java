package io.catwalk.network.schedule;

/** The checks of schedules' parameters. */
final class Limits {
    private Limits() {}

    /** Steps use the rate as float32, where it must be neither zero nor infinite. */
    static void requireRate(String name, double rate) {
        if (!((float) rate > 0 && (float) rate < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be above 0 and finite, not " + rate);
        }
    }

    static void requireFactor(double factor) {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor must be above 0 and at most 1, not " + factor);
        }
    }

    static void requireSteps(String name, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + steps);
        }
    }
}
