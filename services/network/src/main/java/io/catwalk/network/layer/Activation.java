package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** An element-wise activation function. */
public enum Activation {
    LINEAR,
    /** {@code max(x, 0)}. */
    RELU,
    /** {@code min(max(x, 0), 6)}. */
    RELU6,
    /** {@code x} above 0, else {@code exp(x) - 1} (Clevert, Unterthiner and Hochreiter 2016). */
    ELU,
    /** {@code x * P(X <= x)} of a standard normal X, exactly by erf (Hendrycks and Gimpel 2016). */
    GELU,
    /** {@code x * sigmoid(x)} (Ramachandran, Zoph and Le 2017). */
    SWISH,
    TANH,
    SIGMOID;

    private static final float SQRT_HALF = (float) Math.sqrt(0.5);

    /** The activation as TensorFlow operations, of the same shape. */
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> sums) {
        return switch (this) {
            case LINEAR -> sums;
            case RELU -> tf.nn.relu(sums);
            case RELU6 -> tf.nn.relu6(sums);
            case ELU -> tf.nn.elu(sums);
            case GELU -> gelu(tf, sums);
            case SWISH -> tf.math.mul(sums, tf.math.sigmoid(sums));
            case TANH -> tf.math.tanh(sums);
            case SIGMOID -> tf.math.sigmoid(sums);
        };
    }

    /**
     * Whether it commutes with max pooling bit by bit: it is monotonic, and its rounding doesn't depend on a value's
     * position.
     */
    boolean passesMaxPooling() {
        return switch (this) {
            case LINEAR, RELU, RELU6 -> true;
            case ELU, GELU, SWISH, TANH, SIGMOID -> false;
        };
    }

    private static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> sums) {
        var erf = tf.math.erf(tf.math.mul(sums, tf.constant(SQRT_HALF)));
        return tf.math.mul(tf.math.mul(sums, tf.constant(0.5f)), tf.math.add(erf, tf.constant(1f)));
    }
}
