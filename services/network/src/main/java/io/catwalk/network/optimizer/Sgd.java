package io.catwalk.network.optimizer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;

import java.util.List;

import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;

/**
 * Gradient descent, with momentum or without: {@code v = momentum * v + g}, then {@code w = w - rate * v}, or after
 * Nesterov {@code w = w - rate * (g + momentum * v)} (Sutskever, Martens, Dahl and Hinton 2013, in the form of PyTorch's
 * {@code SGD}). Weight decay joins the gradients.
 *
 * @param momentum 0 for none
 */
public record Sgd(float momentum, boolean nesterov) implements Optimizer {
    /** @throws IllegalArgumentException unless {@code 0 <= momentum < 1}, or for Nesterov without momentum */
    public Sgd {
        requireBelowOne("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("momentum must be above 0 with nesterov, not " + momentum);
        }
    }

    @Override
    public Op update(Ops tf, Gradients gradients, StepSize size) {
        Gradients all = gradients.withDecay(tf, size.weightDecay());
        List<Op> updates =
                all.each().stream().map(one -> move(tf, all, one, size)).toList();
        return tf.withControlDependencies(updates).withName("sgd.step").noOp();
    }

    private Op move(Ops tf, Gradients all, WeightGradient one, StepSize size) {
        if (momentum == 0) {
            return all.after(tf).train.applyGradientDescent(one.weight(), size.learningRate(), one.gradient());
        }
        return all.after(tf)
                .train
                .applyMomentum(
                        one.weight(),
                        one.slot(tf, "velocity"),
                        size.learningRate(),
                        one.gradient(),
                        tf.constant(momentum),
                        ApplyMomentum.useNesterov(nesterov));
    }
}
