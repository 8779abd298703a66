package io.catwalk.network.preprocessing;

import java.util.Objects;

/** Pixels as networks take them: each unsigned byte divided by 255, in float32. */
public final class Preprocessing {
    private static final float[] UNIT = units();

    private Preprocessing() {}

    /**
     * Converts {@code length} bytes into part of an array that the caller reuses.
     *
     * @throws IndexOutOfBoundsException when either range exceeds its array; nothing is written
     */
    public static void toUnit(byte[] pixels, int from, float[] target, int to, int length) {
        Objects.checkFromIndexSize(from, length, pixels.length);
        Objects.checkFromIndexSize(to, length, target.length);
        for (int i = 0; i < length; i++) {
            target[to + i] = UNIT[pixels[from + i] & 0xFF];
        }
    }

    /** All bytes as a new array. */
    public static float[] toUnit(byte[] pixels) {
        float[] values = new float[pixels.length];
        toUnit(pixels, 0, values, 0, pixels.length);
        return values;
    }

    private static float[] units() {
        float[] units = new float[256];
        for (int value = 0; value < units.length; value++) {
            units[value] = value / 255f;
        }
        return units;
    }
}
