package io.catwalk.network.layer;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The largest value of each window and channel. */
public record MaxPool(Window window) implements Layer {
    /** Padding SAME. */
    public MaxPool(int size, int stride) {
        this(new Window(size, stride, Padding.SAME));
    }

    @Override
    public String kind() {
        return "max_pool";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        return window.slide(image, image.channels());
    }

    /**
     * The first version of TensorFlow's operation, which {@code tf.nn.maxPool} no longer makes: its gradient has a
     * oneDNN kernel, unlike the second version's.
     */
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf()
                .scope()
                .opBuilder("MaxPool", "MaxPool")
                .addInput(batch.asOutput())
                .setAttr("ksize", toArray(window.sides()))
                .setAttr("strides", toArray(window.strides()))
                .setAttr("padding", window.padding().name())
                .build()
                .output(0);
    }

    private static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }
}
