package io.catwalk.network.optimizer;

import java.util.ArrayList;
import java.util.List;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba 2015, the efficient form at the end of their section 2) by TensorFlow's fused operation.
 *
 * <p>TensorFlow-Java's own {@code framework.optimizers.Adam} (1.0.0) isn't used: nothing orders its change of the betas'
 * powers after the updates that read them, so a step may correct the bias for the step after it.
 *
 * @param beta1 decay of the gradients' running mean
 * @param beta2 decay of the squared gradients' running mean
 * @param epsilon added to the root, in the efficient form (the paper's epsilon hat)
 */
public record Adam(float learningRate, float beta1, float beta2, float epsilon) implements Optimizer {
    /** @throws IllegalArgumentException for a value outside its range */
    public Adam {
        if (!(learningRate > 0 && learningRate < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learningRate must be above 0 and finite, not " + learningRate);
        }
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "beta1 and beta2 must be at least 0 and below 1, not %s and %s".formatted(beta1, beta2));
        }
        if (!(epsilon > 0 && epsilon < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon must be above 0 and finite, not " + epsilon);
        }
    }

    /** Adam with the paper's betas and epsilon: 0.9, 0.999 and 1e-8. */
    public static Adam of(float learningRate) {
        return new Adam(learningRate, 0.9f, 0.999f, 1e-8f);
    }

    @Override
    public Op minimize(Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> weights) {
        Ops tf = Ops.create(graph);
        Gradients gradients = Gradients.of(graph, loss, weights);
        Power power1 = Power.of(tf, "adam.beta1_power", beta1);
        Power power2 = Power.of(tf, "adam.beta2_power", beta2);

        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            updates.add(update(tf, gradients, weights.get(i), gradients.each().get(i), power1, power2));
        }
        Ops afterUpdates = tf.withControlDependencies(updates);
        return tf.withControlDependencies(power1.next(afterUpdates), power2.next(afterUpdates))
                .withName("adam.step")
                .noOp();
    }

    private Op update(
            Ops tf,
            Gradients gradients,
            Variable<TFloat32> weight,
            Output<TFloat32> gradient,
            Power power1,
            Power power2) {
        return gradients
                .after(tf)
                .train
                .applyAdam(
                        weight,
                        moment(tf, weight, "adam_m"),
                        moment(tf, weight, "adam_v"),
                        power1.value(),
                        power2.value(),
                        tf.constant(learningRate),
                        tf.constant(beta1),
                        tf.constant(beta2),
                        tf.constant(epsilon),
                        gradient);
    }

    /** A variable of the weight's shape, zero at first. */
    private static Variable<TFloat32> moment(Ops tf, Variable<TFloat32> weight, String name) {
        var shape = tf.withInitScope().constant(weight.asOutput().shape());
        return tf.withName(weight.op().name() + "." + name)
                .variable(tf.withInitScope().zeros(shape, TFloat32.class));
    }

    /** A beta to the power of the step's number, from 1. */
    private record Power(Variable<TFloat32> value, float beta) {
        static Power of(Ops tf, String name, float beta) {
            return new Power(tf.withName(name).variable(tf.withInitScope().constant(beta)), beta);
        }

        Op next(Ops tf) {
            return tf.assign(value, tf.math.mul(value, tf.constant(beta)));
        }
    }
}
