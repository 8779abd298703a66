package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An activation as its own layer, for use after a layer without one. */
public record ActivationLayer(Activation activation) implements Layer {
    @Override
    public String kind() {
        return "activation";
    }

    @Override
    public FeatureShape output(FeatureShape input) {
        return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return batch;
    }
}
