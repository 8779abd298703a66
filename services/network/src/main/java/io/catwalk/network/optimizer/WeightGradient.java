package io.catwalk.network.optimizer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A weight and its gradient, both of one shape.
 *
 * @param decays whether weight decay applies: only to kernels, as biases and normalisations don't benefit
 * @param slots the optimizer's variables
 */
record WeightGradient(Variable<TFloat32> weight, Operand<TFloat32> gradient, boolean decays, Slots slots) {
    WeightGradient with(Operand<TFloat32> other) {
        return new WeightGradient(weight, other, decays, slots);
    }

    /** A variable of the weight's shape, zero at first, named after it. */
    Variable<TFloat32> slot(Ops tf, String name) {
        String whole = weight.op().name() + "." + name;
        return slots.named(whole, () -> {
            var shape = tf.withInitScope().constant(weight.asOutput().shape());
            return tf.withName(whole).variable(tf.withInitScope().zeros(shape, TFloat32.class));
        });
    }
}
