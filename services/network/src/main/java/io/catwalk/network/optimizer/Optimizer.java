package io.catwalk.network.optimizer;

import java.util.List;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** How one step changes the weights. A new rule is one file here and its name in {@code permits}. */
public sealed interface Optimizer permits Adam {
    float learningRate();

    /**
     * Adds gradients and update to the graph. The optimizer's own state becomes further variables, named after their
     * weights, with initializers.
     *
     * @param loss the batch's mean loss, a scalar
     * @return the operation that makes one step. No weight changes before all gradients are there, and no state that
     *     updates read before all have read it
     */
    Op minimize(Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> weights);
}
