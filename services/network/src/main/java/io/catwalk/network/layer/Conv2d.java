package io.catwalk.network.layer;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

import java.util.List;
import java.util.Optional;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A convolution: each filter sums the window over all channels.
 *
 * @param bias whether each filter has a bias; useless before a normalisation
 */
public record Conv2d(int filters, Window window, boolean bias, Activation activation) implements Layer {
    private static final String KERNEL = "kernel";
    private static final String BIAS = "bias";

    /** @throws IllegalArgumentException without a filter */
    public Conv2d {
        requireAtLeastOne("filters", filters);
    }

    /** Stride 1, same height and width, with bias. */
    public Conv2d(int filters, int kernel, Activation activation) {
        this(filters, Window.same(kernel), true, activation);
    }

    /** For use before a normalisation: no bias, no activation. */
    public static Conv2d bare(int filters, Window window) {
        return new Conv2d(filters, window, false, Activation.LINEAR);
    }

    @Override
    public String kind() {
        return "conv2d";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        return window.slide(Images.required(input), filters);
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        int channels = Images.required(input).channels();
        var kernel = WeightSpec.of(KERNEL, WeightRole.KERNEL, window.side(), window.side(), channels, filters);
        var biases = WeightSpec.of(BIAS, WeightRole.BIAS, filters);
        return bias ? List.of(kernel, biases) : List.of(kernel);
    }

    @Override
    public long multiplyAdds(FeatureShape input) {
        return output(input).size() * window.area() * Images.required(input).channels();
    }

    @Override
    public Optional<String> biasName() {
        return bias ? Optional.of(BIAS) : Optional.empty();
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        var padding = window.padding().name();
        return scope.tf().nn.conv2d(batch, scope.weight(KERNEL), window.strides(), padding);
    }
}
