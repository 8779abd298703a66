package io.catwalk.network.layer;

import java.util.List;

/**
 * A square window that slides over an image.
 *
 * @param stride between two positions, in both directions
 */
public record Window(int side, int stride, Padding padding) {
    /** @throws IllegalArgumentException for an empty window or a stride of 0 */
    public Window {
        if (side < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "a window's side and stride must be at least 1, not %d and %d".formatted(side, stride));
        }
    }

    /** Stride 1, which keeps height and width. */
    public static Window same(int side) {
        return new Window(side, 1, Padding.SAME);
    }

    /** The output shape: one value for each position and channel. */
    ImageShape slide(ImageShape image, int channels) {
        if (padding == Padding.VALID && side > Math.min(image.height(), image.width())) {
            throw new IllegalArgumentException("the window's side is %d, must be at most %d with padding VALID on %s"
                    .formatted(side, Math.min(image.height(), image.width()), image));
        }
        return new ImageShape(places(image.height()), places(image.width()), channels);
    }

    long area() {
        return (long) side * side;
    }

    /** As TensorFlow takes it, for {@code [batch, height, width, channels]}. */
    List<Long> strides() {
        return List.of(1L, (long) stride, (long) stride, 1L);
    }

    /** As TensorFlow's poolings take it, for {@code [batch, height, width, channels]}. */
    List<Long> sides() {
        return List.of(1L, (long) side, (long) side, 1L);
    }

    /** Pixels that the first window reaches past the edge of a side of that length. */
    public int paddingBefore(int length) {
        return padding(length) / 2;
    }

    /** Pixels that the last window reaches past the other edge: one more than the first where they differ. */
    public int paddingAfter(int length) {
        return padding(length) - paddingBefore(length);
    }

    private int padding(int length) {
        return Math.max(0, (places(length) - 1) * stride + side - length);
    }

    private int places(int length) {
        return switch (padding) {
            case SAME -> Math.ceilDiv(length, stride);
            case VALID -> (length - side) / stride + 1;
        };
    }
}
