package io.catwalk.network.precondition;

/**
 * Ranges without which a formula makes no sense. Floating-point values are checked as float32, as TensorFlow gets them. Each
 * method throws an {@link IllegalArgumentException} with the parameter's name, range and value.
 */
public final class Preconditions {
    private Preconditions() {}

    /** At least 0 and below 1, as a decay. */
    public static void requireBelowOne(String name, Number value) {
        require(value.floatValue() >= 0 && value.floatValue() < 1, name, "at least 0 and below 1", value);
    }

    /** At least 0 and at most 1. */
    public static void requireProbability(String name, Number value) {
        require(value.floatValue() >= 0 && value.floatValue() <= 1, name, "at least 0 and at most 1", value);
    }

    /** Above 0 and at most 1. */
    public static void requireFactor(String name, Number value) {
        require(value.floatValue() > 0 && value.floatValue() <= 1, name, "above 0 and at most 1", value);
    }

    /** Above 0 and finite. */
    public static void requirePositive(String name, Number value) {
        require(value.floatValue() > 0 && Float.isFinite(value.floatValue()), name, "above 0 and finite", value);
    }

    /** At least 0 and finite. */
    public static void requireNotNegative(String name, Number value) {
        require(value.floatValue() >= 0 && Float.isFinite(value.floatValue()), name, "at least 0 and finite", value);
    }

    /** At least 1. */
    public static void requireAtLeastOne(String name, long value) {
        require(value >= 1, name, "at least 1", value);
    }

    private static void require(boolean met, String name, String range, Number value) {
        if (!met) {
            throw new IllegalArgumentException("%s must be %s, not %s".formatted(name, range, value));
        }
    }
}
