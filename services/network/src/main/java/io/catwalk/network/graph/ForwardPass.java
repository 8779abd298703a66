package io.catwalk.network.graph;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.catwalk.network.Network;
import io.catwalk.network.PlacedLayer;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.LayerScope;
import io.catwalk.network.layer.MaxPool;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network's operations from images to logits. */
public final class ForwardPass {
    private ForwardPass() {}

    /**
     * Adds the layers. An activation before a max pooling is moved behind it: the same bits, on a quarter of the values.
     *
     * @param weights the network's weights by name
     * @param images {@code [batch, height, width, channels]}
     * @param randomKeys while training; empty for inference, where dropout does nothing
     * @return the logits, {@code [batch, classes]}
     */
    public static Operand<TFloat32> logits(
            Ops tf,
            Network network,
            Map<String, ? extends Operand<TFloat32>> weights,
            Operand<TFloat32> images,
            Optional<RandomKeys> randomKeys) {
        Operand<TFloat32> batch = images;
        Activation pending = Activation.LINEAR;
        for (PlacedLayer placed : network.placedLayers()) {
            Ops layerTf = tf.withSubScope(placed.name());
            Function<String, Operand<TFloat32>> named = name -> weights.get(placed.name() + "." + name);
            LayerScope scope = new LayerScope(layerTf, named, randomKeys.map(keys -> keys.of(layerTf, placed.name())));
            if (placed.layer() instanceof MaxPool pooling) {
                batch = pending.apply(layerTf, pooling.apply(scope, batch, placed.input()));
            } else {
                batch = placed.layer().apply(scope, pending.apply(layerTf, batch), placed.input());
            }
            pending = placed.layer().activation();
        }
        return pending.apply(tf, batch);
    }
}
