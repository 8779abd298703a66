package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The mean of each channel over the whole image (Lin, Chen and Yan 2014). */
public record GlobalAveragePool() implements Layer {
    @Override
    public String kind() {
        return "global_average_pool";
    }

    @Override
    public VectorShape output(FeatureShape input) {
        return new VectorShape(Images.required(input).channels());
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf().math.mean(batch, scope.tf().constant(new int[] {1, 2}));
    }
}
