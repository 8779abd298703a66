package io.catwalk.network.layer;

import java.util.List;
import java.util.Optional;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** One layer of a network. A new kind is one file here and its name in {@code permits}. */
public sealed interface Layer
        permits ActivationLayer,
                AveragePool,
                BatchNorm,
                Conv2d,
                Dense,
                DepthwiseConv2d,
                Dropout,
                Flatten,
                GlobalAveragePool,
                MaxPool,
                ResidualBlock {
    /** The kind in names of layers and weights: {@code conv2d}. */
    String kind();

    /**
     * The shape of one sample after this layer.
     *
     * @throws IllegalArgumentException when the layer can't take the input; the message names the shape
     */
    FeatureShape output(FeatureShape input);

    /** The tensors that training makes, in a fixed order. */
    default List<WeightSpec> weights(FeatureShape input) {
        return List.of();
    }

    /** The layers that a block is made of, in a fixed order. */
    default List<PlacedLayer> parts(FeatureShape input) {
        return List.of();
    }

    /** Multiplications with an addition that one sample costs on the way forward; of kernels alone, as usual. */
    default long multiplyAdds(FeatureShape input) {
        return 0;
    }

    /** The weight that is added to each channel of what {@link #apply} gives; the caller adds it, where it is cheapest. */
    default Optional<String> biasName() {
        return Optional.empty();
    }

    /** What follows the bias; the caller adds it too. */
    default Activation activation() {
        return Activation.LINEAR;
    }

    /** The layer without bias and activation, from a batch of inputs to a batch of outputs. */
    Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input);
}
