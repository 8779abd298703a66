package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The largest value of each window and channel (padding SAME: a last window may reach past the edge).
 *
 * @param size the side of the square window
 * @param stride from one window to the next, in both directions
 */
public record MaxPool(int size, int stride) implements Layer {
    /** @throws IllegalArgumentException for an empty window or no stride */
    public MaxPool {
        if (size < 1 || stride < 1) {
            throw new IllegalArgumentException(
                    "size and stride must be at least 1, not %d and %d".formatted(size, stride));
        }
    }

    @Override
    public String kind() {
        return "max_pool";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        return new ImageShape(
                Math.ceilDiv(image.height(), stride), Math.ceilDiv(image.width(), stride), image.channels());
    }

    /**
     * The first version of TensorFlow's operation, which {@code tf.nn.maxPool} no longer makes: its gradient has a
     * oneDNN kernel, its successor's has none.
     */
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf()
                .scope()
                .opBuilder("MaxPool", "MaxPool")
                .addInput(batch.asOutput())
                .setAttr("ksize", window(size))
                .setAttr("strides", window(stride))
                .setAttr("padding", "SAME")
                .build()
                .output(0);
    }

    private static long[] window(int side) {
        return new long[] {1, side, side, 1};
    }
}
