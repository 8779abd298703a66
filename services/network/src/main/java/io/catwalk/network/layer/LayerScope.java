package io.catwalk.network.layer;

import java.util.Optional;
import java.util.function.Function;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a layer builds its operations with.
 *
 * @param tf the graph, under the layer's name
 * @param path the layer's name within the network, empty for the network itself
 * @param weights the network's, by name
 * @param training empty for inference, where nothing is random and normalisation uses running statistics
 */
public record LayerScope(
        Ops tf, String path, Function<String, Operand<TFloat32>> weights, Optional<TrainingForm> training) {
    /** The scope of the network's layers together. */
    public static LayerScope root(
            Ops tf, Function<String, Operand<TFloat32>> weights, Optional<TrainingForm> training) {
        return new LayerScope(tf, "", weights, training);
    }

    LayerScope within(String layerName) {
        return new LayerScope(tf.withSubScope(layerName), inside(layerName), weights, training);
    }

    Operand<TFloat32> weight(String name) {
        return weights.apply(inside(name));
    }

    String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
