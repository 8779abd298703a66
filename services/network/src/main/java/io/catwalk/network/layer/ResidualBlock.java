package io.catwalk.network.layer;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Layers with a shortcut connection (He, Zhang, Ren and Sun 2016). If the layers change the shape, the shortcut is the
 * paper's option B: a 1x1 convolution with the matching stride, then a normalisation.
 *
 * @param activation after the sum
 */
public record ResidualBlock(List<Layer> layers, Activation activation) implements Layer {
    /** The name of the layers within the block. */
    public static final String BODY = "body";
    /** The name of the shortcut's layers within the block. */
    public static final String SHORTCUT = "shortcut";

    /** @throws IllegalArgumentException without a layer, or with another block among them */
    public ResidualBlock {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a residual block needs at least 1 layer, not 0");
        }
        if (layers.stream().anyMatch(ResidualBlock.class::isInstance)) {
            throw new IllegalArgumentException("a residual block can't hold another one");
        }
    }

    @Override
    public String kind() {
        return "residual_block";
    }

    @Override
    public ImageShape output(FeatureShape input) {
        ImageShape image = Images.required(input);
        ImageShape output = bodyOutput(image, body(image));
        shortcut(image, output);
        return output;
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        return parts(input).stream().flatMap(part -> part.weights().stream()).toList();
    }

    @Override
    public List<PlacedLayer> parts(FeatureShape input) {
        ImageShape image = Images.required(input);
        return Stream.concat(
                        body(image).layers().stream().map(layer -> layer.inLayer(BODY)),
                        shortcut(image).layers().stream().map(layer -> layer.inLayer(SHORTCUT)))
                .toList();
    }

    @Override
    public long multiplyAdds(FeatureShape input) {
        return parts(input).stream().mapToLong(PlacedLayer::multiplyAdds).sum();
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        ImageShape image = Images.required(input);
        return scope.tf()
                .math
                .add(
                        body(image).apply(scope.within(BODY), batch),
                        shortcut(image).apply(scope.within(SHORTCUT), batch));
    }

    /** The layers, placed. */
    public LayerRow body(ImageShape input) {
        return LayerRow.place(input, layers);
    }

    /** The shortcut's layers, placed; none if the layers don't change the shape. */
    public LayerRow shortcut(ImageShape input) {
        return shortcut(input, bodyOutput(input, body(input)));
    }

    private static ImageShape bodyOutput(ImageShape input, LayerRow body) {
        return switch (body.layers().getLast().output()) {
            case ImageShape image -> image;
            case VectorShape vector ->
                throw new IllegalArgumentException(
                        "its layers turn an image of %s into a vector of %s, must keep it an image"
                                .formatted(input, vector));
        };
    }

    private static LayerRow shortcut(ImageShape input, ImageShape output) {
        if (input.equals(output)) {
            return new LayerRow(List.of());
        }
        Window window = new Window(1, stride(input, output), Padding.SAME);
        return LayerRow.place(input, List.of(Conv2d.bare(output.channels(), window), new BatchNorm()));
    }

    private static int stride(ImageShape input, ImageShape output) {
        return IntStream.rangeClosed(1, Math.max(input.height(), input.width()))
                .filter(stride -> Math.ceilDiv(input.height(), stride) == output.height()
                        && Math.ceilDiv(input.width(), stride) == output.width())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its layers turn an image of %s into one of %s, which no stride of a shortcut does"
                                .formatted(input, output)));
    }
}
