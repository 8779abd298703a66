package io.catwalk.network.optimizer;

/** The checks of optimizers' parameters. */
final class Limits {
    private Limits() {}

    static void requireDecay(String name, float decay) {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException(name + " must be at least 0 and below 1, not " + decay);
        }
    }

    static void requireEpsilon(float epsilon) {
        if (!(epsilon > 0 && epsilon < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon must be above 0 and finite, not " + epsilon);
        }
    }
}
