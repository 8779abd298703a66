package io.catwalk.network.optimizer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * Adam (Kingma and Ba 2015, the efficient form at the end of their section 2) by TensorFlow's fused operation. Weight decay
 * joins the gradients.
 *
 * <p>TensorFlow-Java's own {@code framework.optimizers.Adam} (1.0.0) isn't used: nothing orders its change of the betas'
 * powers after the updates that read them, so a step may correct the bias for the step after it.
 *
 * @param beta1 decay of the gradients' running mean
 * @param beta2 decay of the squared gradients' running mean
 * @param epsilon added to the root, in the efficient form (the paper's epsilon hat)
 */
public record Adam(float beta1, float beta2, float epsilon) implements Optimizer {
    /** The paper's betas and epsilon: 0.9, 0.999 and 1e-8. */
    public Adam() {
        this(0.9f, 0.999f, 1e-8f);
    }

    /** @throws IllegalArgumentException for a value outside its range */
    public Adam {
        requireBelowOne("beta1", beta1);
        requireBelowOne("beta2", beta2);
        requirePositive("epsilon", epsilon);
    }

    @Override
    public Op update(Ops tf, Gradients gradients, StepSize size) {
        Gradients all = gradients.withDecay(tf, size.weightDecay());
        return new AdamMoments(beta1, beta2, epsilon).update(tf, all, size.learningRate(), (after, weight) -> after);
    }
}
