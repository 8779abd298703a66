package io.catwalk.network.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Layers one after the other, each with its name and shapes. */
public record LayerRow(List<PlacedLayer> layers) {
    public LayerRow {
        layers = List.copyOf(layers);
    }

    /** @throws IllegalArgumentException when a layer can't take its input; the message names layer, shape and why */
    public static LayerRow place(FeatureShape input, List<Layer> layers) {
        List<PlacedLayer> placed = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        FeatureShape shape = input;
        for (Layer layer : layers) {
            String name = layer.kind() + "_" + kinds.merge(layer.kind(), 1, Integer::sum);
            try {
                PlacedLayer next = new PlacedLayer(name, layer, shape, layer.output(shape));
                next.weights();
                placed.add(next);
                shape = next.output();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "layer %d (%s, on %s): %s".formatted(placed.size() + 1, name, shape, e.getMessage()), e);
            }
        }
        return new LayerRow(placed);
    }

    /** All their weights, layer by layer. */
    public List<WeightSpec> weights() {
        return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
    }

    public long multiplyAdds() {
        return layers.stream().mapToLong(PlacedLayer::multiplyAdds).sum();
    }

    /** Adds the layers' operations. */
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> input) {
        Operand<TFloat32> batch = input;
        BiasActivation ending = BiasActivation.none(scope);
        for (PlacedLayer placed : layers) {
            LayerScope inside = scope.within(placed.name());
            if (placed.layer() instanceof MaxPool pooling) {
                batch = ending.around(batch, values -> pooling.apply(inside, values, placed.input()));
            } else {
                batch = placed.layer().apply(inside, ending.apply(batch), placed.input());
            }
            ending = BiasActivation.of(placed.layer(), inside);
        }
        return ending.apply(batch);
    }
}
