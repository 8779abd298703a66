package io.catwalk.network.layer;

import java.util.List;

/**
 * A layer at its position in a network.
 *
 * @param name its kind and its number among those of this kind, from 1: {@code conv2d_1}
 */
public record PlacedLayer(String name, Layer layer, FeatureShape input, FeatureShape output) {
    /** The layer's weights, named within the network: {@code conv2d_1.kernel}. */
    public List<WeightSpec> weights() {
        return layer.weights(input).stream().map(weight -> weight.inLayer(name)).toList();
    }

    /** A block's layers, named after it; empty for other layers. */
    public List<PlacedLayer> parts() {
        return layer.parts(input).stream().map(part -> part.inLayer(name)).toList();
    }

    public long multiplyAdds() {
        return layer.multiplyAdds(input);
    }

    PlacedLayer inLayer(String outer) {
        return new PlacedLayer(outer + "." + name, layer, input, output);
    }
}
