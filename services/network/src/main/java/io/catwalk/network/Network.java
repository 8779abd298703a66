package io.catwalk.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.FeatureShape;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.WeightSpec;

/**
 * An image classifier: layers in a row whose shapes fit, the last giving one logit for each class.
 *
 * @param input one image, its values within 0..1
 * @param layers from the image to the logits; the last is a linear {@link Dense} of {@code classes} units
 */
public record Network(String name, ImageShape input, int classes, List<Layer> layers) {
    /** @throws IllegalArgumentException when a layer can't take what it gets; the message names layer and shape */
    public Network {
        layers = List.copyOf(layers);
        if (classes < 2) {
            throw new IllegalArgumentException(
                    "network %s: classes must be at least 2, not %d".formatted(name, classes));
        }
        if (layers.isEmpty() || !layers.getLast().equals(new Dense(classes, Activation.LINEAR))) {
            throw new IllegalArgumentException(
                    "network %s: the last layer must be a Dense of %d units without activation, not %s"
                            .formatted(name, classes, layers.isEmpty() ? "nothing" : layers.getLast()));
        }
        place(name, input, layers);
    }

    /** The layers with their names and shapes. */
    public List<PlacedLayer> placedLayers() {
        return place(name, input, layers);
    }

    /** All trainable tensors, layer by layer. */
    public List<WeightSpec> weights() {
        return placedLayers().stream()
                .flatMap(layer -> layer.weights().stream())
                .toList();
    }

    private static List<PlacedLayer> place(String network, ImageShape input, List<Layer> layers) {
        List<PlacedLayer> placed = new ArrayList<>();
        Map<String, Integer> kinds = new HashMap<>();
        FeatureShape shape = input;
        for (Layer layer : layers) {
            String layerName = layer.kind() + "_" + kinds.merge(layer.kind(), 1, Integer::sum);
            try {
                PlacedLayer next = new PlacedLayer(layerName, layer, shape, layer.output(shape));
                next.weights();
                placed.add(next);
                shape = next.output();
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "network %s, layer %d (%s): %s"
                                .formatted(network, placed.size() + 1, layerName, e.getMessage()),
                        e);
            }
        }
        return List.copyOf(placed);
    }
}
