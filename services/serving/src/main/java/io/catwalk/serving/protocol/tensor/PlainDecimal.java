package io.catwalk.serving.protocol.tensor;

/**
 * Numbers written with digits and at most one point, as clients write pixels. In float64 the digits and the division by a power of
 * ten are each off by half a unit in the last place at most; where that could matter to the nearest float32 the number is left to a
 * parser of all numbers, which takes several times as long.
 */
final class PlainDecimal {
    /** Digits from 10 times this on may not fit 64 bits. */
    static final long LONGEST = 100_000_000_000_000_000L;

    /** Powers that are exact in float64. */
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    /** The bits of a float64 beyond the 23 of a float32's fraction. */
    private static final long BEYOND_FLOAT = (1L << 29) - 1;

    private static final long HALFWAY = 1L << 28;
    /** In units of the last place of float64, twice what a value can be off. */
    private static final long NEAR = 4;

    private PlainDecimal() {}

    /**
     * The float32 nearest to {@code digits / 10^decimals}, as by {@link Float#parseFloat}.
     *
     * @param digits below 10^18
     * @return NaN where this can't tell
     */
    static float of(long digits, int decimals, boolean negative) {
        if (decimals >= POWERS_OF_TEN.length) {
            return Float.NaN;
        }
        double value = digits / POWERS_OF_TEN[decimals];
        long beyond = Double.doubleToRawLongBits(value) & BEYOND_FLOAT;
        if (Math.abs(beyond - HALFWAY) <= NEAR) {
            return Float.NaN;
        }
        return (float) (negative ? -value : value);
    }
}
