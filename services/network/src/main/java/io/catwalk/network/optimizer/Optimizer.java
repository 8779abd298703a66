package io.catwalk.network.optimizer;

import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** How one step changes the weights. A new rule is one file here and its name in {@code permits}. */
public sealed interface Optimizer permits Adam, AdamW, RmsProp, Sgd {
    /**
     * Adds the update to the graph. The optimizer's own state becomes further variables, named after their weights, with
     * initializers.
     *
     * @return the operation that makes one step. No weight changes before all gradients are there, and no state that
     *     updates read before all have read it
     */
    Op update(Ops tf, Gradients gradients, StepSize size);
}
