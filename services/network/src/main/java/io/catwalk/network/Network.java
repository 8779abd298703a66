package io.catwalk.network;

import java.util.List;

import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.LayerRow;
import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.layer.WeightSpec;

/**
 * An image classifier: layers in a row whose shapes fit, the last giving one logit for each class.
 *
 * @param input one image, its values within 0..1
 * @param layers from the image to the logits; the last is a linear {@link Dense} of {@code classes} units
 */
public record Network(String name, ImageShape input, int classes, List<Layer> layers) {
    /** Values of all weights together: with an optimizer's two and an average of each, a checkpoint fits one array. */
    public static final long MAX_PARAMETERS = 100_000_000;

    /**
     * @throws IllegalArgumentException when a layer can't take its input, the last one isn't the logits, or there are more
     *     than {@link #MAX_PARAMETERS}; the message names layer and shape
     */
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
        requireSmall(name, place(name, input, layers));
    }

    /** The layers with their names and shapes. */
    public List<PlacedLayer> placedLayers() {
        return row().layers();
    }

    /** The layers with their names and shapes, as one. */
    public LayerRow row() {
        return place(name, input, layers);
    }

    /** All weights, layer by layer: trained ones and running statistics. */
    public List<WeightSpec> weights() {
        return row().weights();
    }

    private static LayerRow place(String network, ImageShape input, List<Layer> layers) {
        try {
            return LayerRow.place(input, layers);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("network %s, %s".formatted(network, e.getMessage()), e);
        }
    }

    private static void requireSmall(String network, LayerRow row) {
        long parameters = row.weights().stream().mapToLong(WeightSpec::size).sum();
        if (parameters > MAX_PARAMETERS) {
            throw new IllegalArgumentException("network %s has %d parameters, must have at most %d"
                    .formatted(network, parameters, MAX_PARAMETERS));
        }
    }
}
