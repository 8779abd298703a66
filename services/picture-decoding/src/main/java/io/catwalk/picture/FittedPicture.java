package io.catwalk.picture;

/**
 * A picture brought to a shape.
 *
 * @param values from 0 to 1, row-major, channels last
 * @param resized whether it had another size
 */
public record FittedPicture(float[] values, boolean resized) {
    private static final float BYTE_MAX = 255;

    /** The values as unsigned bytes, 0 to 255, each rounded to the nearest. */
    public byte[] pixels() {
        byte[] pixels = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            pixels[index] = (byte) Math.clamp(Math.round(values[index] * BYTE_MAX), 0, 255);
        }
        return pixels;
    }
}
