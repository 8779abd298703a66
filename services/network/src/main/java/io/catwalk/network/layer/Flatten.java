package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Flattens an image to a vector: by rows, then columns, then channels. */
public record Flatten() implements Layer {
    @Override
    public String kind() {
        return "flatten";
    }

    @Override
    public VectorShape output(FeatureShape input) {
        return new VectorShape((int) Images.required(input).size());
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf().reshape(batch, scope.tf().constant(new int[] {
            -1, output(input).length()
        }));
    }
}
