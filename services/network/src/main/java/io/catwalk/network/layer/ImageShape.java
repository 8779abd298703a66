package io.catwalk.network.layer;

/** Values in rows, columns and channels, stored in this order (TensorFlow's NHWC). */
public record ImageShape(int height, int width, int channels) implements FeatureShape {
    /** @throws IllegalArgumentException for a dimension below 1, or more than 2^31 - 1 values */
    public ImageShape {
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("an image needs height, width and channels of at least 1, not "
                    + "%dx%dx%d".formatted(height, width, channels));
        }
        Dimensions.checkedProduct("an image", height, width, channels);
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
