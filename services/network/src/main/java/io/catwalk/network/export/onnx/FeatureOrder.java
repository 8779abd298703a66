package io.catwalk.network.export.onnx;

import java.util.Optional;

import io.catwalk.network.layer.ImageShape;

/**
 * The order of a vector's values. A flattened image of ONNX has them channel by channel, one of TensorFlow pixel by pixel; weights
 * that belong to single values follow.
 *
 * @param sources for each value its place in TensorFlow's order; empty where both are the same
 */
@SuppressWarnings("ArrayRecordComponent")
record FeatureOrder(Optional<int[]> sources) {
    static final FeatureOrder SAME = new FeatureOrder(Optional.empty());

    static FeatureOrder flattened(ImageShape image) {
        int pixels = image.height() * image.width();
        int[] sources = new int[pixels * image.channels()];
        for (int channel = 0; channel < image.channels(); channel++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                sources[channel * pixels + pixel] = pixel * image.channels() + channel;
            }
        }
        return new FeatureOrder(Optional.of(sources));
    }

    /** The rows of a matrix, {@code rowLength} values each, or the values of a vector, in this order. */
    float[] rows(float[] values, int rowLength) {
        return sources.map(order -> {
                    float[] ordered = new float[values.length];
                    for (int row = 0; row < order.length; row++) {
                        System.arraycopy(values, order[row] * rowLength, ordered, row * rowLength, rowLength);
                    }
                    return ordered;
                })
                .orElse(values);
    }
}
