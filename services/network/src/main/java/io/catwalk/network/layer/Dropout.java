package io.catwalk.network.layer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * While training, sets each value to zero with probability {@code rate} and divides the others by {@code 1 - rate}, which
 * keeps the expected value (inverted dropout, Srivastava et al. 2014). The identity in inference.
 */
public record Dropout(float rate) implements Layer {
    /** @throws IllegalArgumentException unless {@code 0 <= rate < 1} */
    public Dropout {
        requireBelowOne("rate", rate);
    }

    @Override
    public String kind() {
        return "dropout";
    }

    @Override
    public FeatureShape output(FeatureShape input) {
        return input;
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        var tf = scope.tf();
        return scope.training()
                .<Operand<TFloat32>>map(training -> {
                    var key = training.randomKey(tf, scope.path());
                    var uniform = tf.random.statelessRandomUniform(tf.shape(batch), key);
                    var kept = tf.math.greaterEqual(uniform, tf.constant(rate));
                    var scaled = tf.math.mul(batch, tf.constant(1 / (1 - rate)));
                    return tf.math.mul(scaled, tf.dtypes.cast(kept, TFloat32.class));
                })
                .orElse(batch);
    }
}
