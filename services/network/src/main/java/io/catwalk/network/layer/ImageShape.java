package io.catwalk.network.layer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Height, width and channels, stored in this order (TensorFlow's NHWC). */
public record ImageShape(int height, int width, int channels) implements FeatureShape {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})x(\\d{1,6})x(\\d{1,6})");

    /** @throws IllegalArgumentException for a dimension below 1, or more than 2^31 - 1 values */
    public ImageShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("an image needs height, width and channels of at least 1, not "
                    + "%dx%dx%d".formatted(height, width, channels));
        }
        Dimensions.checkedProduct("an image", height, width, channels);
    }

    /**
     * A shape as {@link #toString} writes it.
     *
     * @throws IllegalArgumentException for another text
     */
    public static ImageShape parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "image is %s, must be height, width and channels as 28x28x1".formatted(text));
        }
        return new ImageShape(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    @Override
    public long size() {
        return (long) height * width * channels;
    }

    /** {@code 28x28x1}. */
    @Override
    public String toString() {
        return "%dx%dx%d".formatted(height, width, channels);
    }
}
