package io.catwalk.network;

import java.util.List;

import io.catwalk.network.layer.FeatureShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.WeightSpec;

/**
 * A layer in its place.
 *
 * @param name its kind and its number among those of this kind, from 1: {@code conv2d_1}
 */
public record PlacedLayer(String name, Layer layer, FeatureShape input, FeatureShape output) {
    /** The layer's weights, named within the network: {@code conv2d_1.kernel}. */
    public List<WeightSpec> weights() {
        return layer.weights(input).stream().map(weight -> weight.inLayer(name)).toList();
    }

    public long parameters() {
        return weights().stream().mapToLong(WeightSpec::size).sum();
    }

    public long multiplyAdds() {
        return layer.multiplyAdds(input);
    }
}
