package io.catwalk.network.layer;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

import java.util.List;
import java.util.Optional;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A convolution of each channel by itself (Chollet 2017, the first half of a separable one; a 1x1 {@link Conv2d} is the
 * second).
 *
 * @param multiplier filters for each channel, adjacent in the output
 * @param bias whether each filter has a bias
 */
public record DepthwiseConv2d(int multiplier, Window window, boolean bias, Activation activation) implements Layer {
    private static final String KERNEL = "kernel";
    private static final String BIAS = "bias";

    /** @throws IllegalArgumentException without a filter */
    public DepthwiseConv2d {
        requireAtLeastOne("multiplier", multiplier);
    }

    @Override
    public String kind() {
        return "depthwise_conv2d";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        return window.slide(image, Dimensions.checkedProduct("an output", image.channels(), multiplier));
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        int channels = Images.required(input).channels();
        var kernel =
                WeightSpec.of(KERNEL, WeightRole.DEPTHWISE_KERNEL, window.side(), window.side(), channels, multiplier);
        var biases = WeightSpec.of(BIAS, WeightRole.BIAS, output(input).channels());
        return bias ? List.of(kernel, biases) : List.of(kernel);
    }

    @Override
    public long multiplyAdds(FeatureShape input) {
        return output(input).size() * window.area();
    }

    @Override
    public Optional<String> biasName() {
        return bias ? Optional.of(BIAS) : Optional.empty();
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        var padding = window.padding().name();
        return scope.tf().nn.depthwiseConv2dNative(batch, scope.weight(KERNEL), window.strides(), padding);
    }
}
