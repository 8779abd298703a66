package io.catwalk.network.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** The update that Adam and AdamW share. */
record AdamMoments(float beta1, float beta2, float epsilon) {
    /** @param before adds changes that must come first, and returns the operations to wait for */
    Op update(
            Ops tf, Gradients gradients, Operand<TFloat32> learningRate, BiFunction<Ops, WeightGradient, Ops> before) {
        Power power1 = Power.of(tf, gradients.slots(), "adam.beta1_power", beta1);
        Power power2 = Power.of(tf, gradients.slots(), "adam.beta2_power", beta2);
        List<Op> updates = new ArrayList<>();
        for (WeightGradient one : gradients.each()) {
            updates.add(before.apply(gradients.after(tf), one)
                    .train
                    .applyAdam(
                            one.weight(),
                            one.slot(tf, "adam_m"),
                            one.slot(tf, "adam_v"),
                            power1.value(),
                            power2.value(),
                            learningRate,
                            tf.constant(beta1),
                            tf.constant(beta2),
                            tf.constant(epsilon),
                            one.gradient()));
        }
        Ops afterUpdates = tf.withControlDependencies(updates);
        return tf.withControlDependencies(power1.next(afterUpdates), power2.next(afterUpdates))
                .withName("adam.step")
                .noOp();
    }

    /** A beta to the power of the step's number, from 1. */
    private record Power(Variable<TFloat32> value, float beta) {
        static Power of(Ops tf, Slots slots, String name, float beta) {
            return new Power(
                    slots.named(
                            name,
                            () -> tf.withName(name).variable(tf.withInitScope().constant(beta))),
                    beta);
        }

        Op next(Ops tf) {
            return tf.assign(value, tf.math.mul(value, tf.constant(beta)));
        }
    }
}
