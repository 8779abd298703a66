package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The mean of each window and channel; padding isn't counted. */
public record AveragePool(Window window) implements Layer {
    /** Padding SAME. */
    public AveragePool(int size, int stride) {
        this(new Window(size, stride, Padding.SAME));
    }

    @Override
    public String kind() {
        return "average_pool";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        return window.slide(image, image.channels());
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf()
                .nn
                .avgPool(
                        batch,
                        window.sides(),
                        window.strides(),
                        window.padding().name());
    }
}
