package io.catwalk.network.optimizer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2, in the form of PyTorch's {@code AdamW}): each
 * kernel is first reduced by learning rate times decay, then updated as by {@link Adam} without decay.
 *
 * @param beta1 decay of the gradients' running mean
 * @param beta2 decay of the squared gradients' running mean
 * @param epsilon as {@link Adam}'s
 */
public record AdamW(float beta1, float beta2, float epsilon) implements Optimizer {
    /** Adam's betas and epsilon: 0.9, 0.999 and 1e-8. */
    public AdamW() {
        this(0.9f, 0.999f, 1e-8f);
    }

    /** @throws IllegalArgumentException for a value outside its range */
    public AdamW {
        requireBelowOne("beta1", beta1);
        requireBelowOne("beta2", beta2);
        requirePositive("epsilon", epsilon);
    }

    @Override
    public Op update(Ops tf, Gradients gradients, StepSize size) {
        return new AdamMoments(beta1, beta2, epsilon)
                .update(tf, gradients, size.learningRate(), (after, one) -> afterDecay(after, one, size));
    }

    private static Ops afterDecay(Ops after, WeightGradient one, StepSize size) {
        if (!one.decays() || size.weightDecay() == 0) {
            return after;
        }
        var share = after.math.mul(size.learningRate(), after.constant(size.weightDecay()));
        Op smaller = after.assignSub(one.weight(), after.math.mul(one.weight(), share));
        return after.withControlDependencies(smaller);
    }
}
