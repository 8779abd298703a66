package io.catwalk.network.layer;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A convolution of stride 1 that keeps height and width (padding SAME), with a bias for each filter.
 *
 * @param kernel the side of the square window
 */
public record Conv2d(int filters, int kernel, Activation activation) implements Layer {
    private static final String KERNEL = "kernel";
    private static final String BIAS = "bias";
    private static final List<Long> EACH_PIXEL = List.of(1L, 1L, 1L, 1L);

    /** @throws IllegalArgumentException for no filter or an empty window */
    public Conv2d {
        if (filters < 1 || kernel < 1) {
            throw new IllegalArgumentException(
                    "filters and kernel must be at least 1, not %d and %d".formatted(filters, kernel));
        }
    }

    @Override
    public String kind() {
        return "conv2d";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        return new ImageShape(image.height(), image.width(), filters);
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        return List.of(
                WeightSpec.of(KERNEL, kernel, kernel, Images.required(input).channels(), filters),
                WeightSpec.of(BIAS, filters));
    }

    @Override
    public long multiplyAdds(FeatureShape input) {
        ImageShape image = Images.required(input);
        return output(input).size() * kernel * kernel * image.channels();
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        var sums = scope.tf().nn.conv2d(batch, scope.weights().apply(KERNEL), EACH_PIXEL, "SAME");
        return scope.tf().nn.biasAdd(sums, scope.weights().apply(BIAS));
    }
}
