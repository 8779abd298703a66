package io.catwalk.serving.engine;

/** The shape of one image: row-major, channels last. */
public record ImageShape(int height, int width, int channels) {
    private static final int MAX_VALUES = 1 << 24;

    public ImageShape {
        if (height < 1 || width < 1 || channels < 1 || (long) height * width * channels > MAX_VALUES) {
            throw new IllegalArgumentException("an image's shape must be positive and hold at most " + MAX_VALUES
                    + " values: " + text(height, width, channels));
        }
    }

    /** The number of values of one image. */
    public int values() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return text(height, width, channels);
    }

    private static String text(int height, int width, int channels) {
        return "[" + height + "," + width + "," + channels + "]";
    }
}
