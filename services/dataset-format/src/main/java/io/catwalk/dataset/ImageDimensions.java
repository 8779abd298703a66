package io.catwalk.dataset;

/**
 * The dimensions of one image.
 *
 * @param height in pixels, 1 to {@value #MAX_SIDE}
 * @param width in pixels, 1 to {@value #MAX_SIDE}
 * @param channels 1 (grey) or 3 (red, green, blue)
 */
public record ImageDimensions(int height, int width, int channels) {
    /** The longest side that any image may have. */
    public static final int MAX_SIDE = 16_384;

    public ImageDimensions {
        if (height < 1 || height > MAX_SIDE) {
            throw new BadDatasetException("height is " + height + ", must be 1 to " + MAX_SIDE);
        }
        if (width < 1 || width > MAX_SIDE) {
            throw new BadDatasetException("width is " + width + ", must be 1 to " + MAX_SIDE);
        }
        if (channels != 1 && channels != 3) {
            throw new BadDatasetException("channels is " + channels + ", must be 1 (grey) or 3 (red, green, blue)");
        }
    }

    /** Another type's constructor for the same three. */
    @FunctionalInterface
    public interface Constructor<T> {
        T of(int height, int width, int channels);
    }

    /** These as another type. */
    public <T> T as(Constructor<T> type) {
        return type.of(height, width, channels);
    }

    /** The bytes of one image: height x width x channels. */
    public int bytes() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
