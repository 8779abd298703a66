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
    /** The prefix of layer and weight names: {@code conv2d}. */
    String kind();

    /**
     * The shape of one sample after this layer.
     *
     * @throws IllegalArgumentException when the layer can't take the input; the message names the shape
     */
    FeatureShape output(FeatureShape input);

    /** The layer's weights, in a fixed order. */
    default List<WeightSpec> weights(FeatureShape input) {
        return List.of();
    }

    /** A block's layers, in a fixed order. */
    default List<PlacedLayer> parts(FeatureShape input) {
        return List.of();
    }

    /** Multiply-adds of one sample's forward pass, counting only kernels, as usual. */
    default long multiplyAdds(FeatureShape input) {
        return 0;
    }

    /** The weight that the caller adds to each channel of {@link #apply}'s result, where it is cheapest. */
    default Optional<String> biasName() {
        return Optional.empty();
    }

    /** The activation after the bias, which the caller adds too. */
    default Activation activation() {
        return Activation.LINEAR;
    }

    /** The layer without bias and activation, from a batch of inputs to a batch of outputs. */
    Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input);
}
