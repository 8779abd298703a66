package io.catwalk.network.layer;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One layer of a network. A new kind is one file here and its name in {@code permits}. */
public sealed interface Layer permits Conv2d, Dense, Dropout, Flatten, MaxPool {
    /** The kind in names of layers and weights: {@code conv2d}. */
    String kind();

    /**
     * The shape of one sample after this layer.
     *
     * @throws IllegalArgumentException when the layer can't take the input; the message names the shape
     */
    FeatureShape output(FeatureShape input);

    /** The trainable tensors, in a fixed order. */
    default List<WeightSpec> weights(FeatureShape input) {
        return List.of();
    }

    /** Multiplications with an addition that one sample costs on the way forward. */
    default long multiplyAdds(FeatureShape input) {
        return 0;
    }

    /** What follows {@link #apply}; the caller adds it, where it is cheapest. */
    default Activation activation() {
        return Activation.LINEAR;
    }

    /** The layer without its activation, from a batch of inputs to a batch of outputs. */
    Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input);
}
