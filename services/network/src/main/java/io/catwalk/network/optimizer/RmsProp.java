package io.catwalk.network.optimizer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

import java.util.List;

import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * RMSProp (Tieleman and Hinton 2012): {@code s = rho * s + (1 - rho) * g^2}, then {@code v = momentum * v + rate * g /
 * sqrt(s + epsilon)} and {@code w = w - v}, as TensorFlow and Keras calculate it. Weight decay joins the gradients.
 *
 * @param rho decay of the squared gradients' running mean
 * @param momentum 0 for none
 */
public record RmsProp(float rho, float momentum, float epsilon) implements Optimizer {
    /** Keras' defaults: rho 0.9, no momentum, epsilon 1e-7. */
    public RmsProp() {
        this(0.9f, 0, 1e-7f);
    }

    /** @throws IllegalArgumentException for a value outside its range */
    public RmsProp {
        requireBelowOne("rho", rho);
        requireBelowOne("momentum", momentum);
        requirePositive("epsilon", epsilon);
    }

    @Override
    public Op update(Ops tf, Gradients gradients, StepSize size) {
        Gradients all = gradients.withDecay(tf, size.weightDecay());
        List<Op> updates =
                all.each().stream().map(one -> move(tf, all, one, size)).toList();
        return tf.withControlDependencies(updates).withName("rmsprop.step").noOp();
    }

    private Op move(Ops tf, Gradients all, WeightGradient one, StepSize size) {
        return all.after(tf)
                .train
                .applyRmsProp(
                        one.weight(),
                        one.slot(tf, "mean_square"),
                        one.slot(tf, "velocity"),
                        size.learningRate(),
                        tf.constant(rho),
                        tf.constant(momentum),
                        tf.constant(epsilon),
                        one.gradient());
    }
}
