package io.catwalk.network.optimizer;

import java.util.Arrays;
import java.util.List;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A loss' gradients.
 *
 * @param each one for each weight, of its shape
 */
record Gradients(List<Output<TFloat32>> each) {
    Gradients {
        each = List.copyOf(each);
    }

    /** Adds the operations that calculate the gradients. */
    static Gradients of(Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> weights) {
        Output<?>[] sources = weights.stream().map(Variable::asOutput).toArray(Output<?>[]::new);
        Output<?>[] gradients = graph.addGradients(loss.asOutput(), sources);
        return new Gradients(Arrays.stream(gradients).map(Gradients::float32).toList());
    }

    /** Operations that wait for all gradients: only they may change a weight, as gradients are made from weights too. */
    Ops after(Ops tf) {
        return tf.withControlDependencies(each.stream().map(Op.class::cast).toList());
    }

    private static Output<TFloat32> float32(Output<?> gradient) {
        return gradient.op().output(gradient.index());
    }
}
