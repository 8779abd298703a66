package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What follows a layer's sums. Each of these never decreases, so it may change places with a max pooling without
 * changing a bit.
 */
public enum Activation {
    LINEAR,
    RELU;

    /** The activation as TensorFlow operations, shape kept. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> sums) {
        return switch (this) {
            case LINEAR -> sums;
            case RELU -> tf.nn.relu(sums);
        };
    }
}
