package io.catwalk.network.graph;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.network.Network;
import io.catwalk.network.layer.LayerScope;
import io.catwalk.network.layer.TrainingForm;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A network's operations from images {@code [batch, height, width, channels]} to logits {@code [batch, classes]}. */
public final class ForwardPass {
    private ForwardPass() {}

    /**
     * The inference form: nothing is random, and images of a batch don't affect each other.
     *
     * @param weights the network's weights by name
     */
    public static Operand<TFloat32> logits(
            Ops tf, Network network, Map<String, ? extends Operand<TFloat32>> weights, Operand<TFloat32> images) {
        return network.row().apply(LayerScope.root(tf, weights::get, Optional.empty()), images);
    }

    /**
     * The form for training.
     *
     * @param logits {@code [batch, classes]}
     * @param next new values after the step of the weights without gradient, by name
     * @param biases the values whose gradients, summed for each channel, are a weight's gradient, by the weight's name; the
     *     graph itself gives these weights no gradient
     */
    public record Trained(
            Operand<TFloat32> logits, Map<String, Operand<TFloat32>> next, Map<String, Operand<TFloat32>> biases) {
        public Trained {
            next = new LinkedHashMap<>(next);
            biases = Map.copyOf(biases);
        }
    }

    /** Arguments as for {@link #logits}. */
    public static Trained trained(
            Ops tf,
            Network network,
            Map<String, ? extends Operand<TFloat32>> weights,
            Operand<TFloat32> images,
            RandomKeys keys) {
        Map<String, Operand<TFloat32>> next = new LinkedHashMap<>();
        Map<String, Operand<TFloat32>> biases = new HashMap<>();
        TrainingForm form = new TrainingForm() {
            @Override
            public Operand<TInt64> randomKey(Ops layerTf, String layerPath) {
                return keys.of(layerTf, layerPath);
            }

            @Override
            public void becomes(String weight, Operand<TFloat32> value) {
                next.put(weight, value);
            }

            @Override
            public void addedOnce(String bias, Operand<TFloat32> values) {
                biases.put(bias, values);
            }
        };
        var logits = network.row().apply(LayerScope.root(tf, weights::get, Optional.of(form)), images);
        return new Trained(logits, next, biases);
    }
}
