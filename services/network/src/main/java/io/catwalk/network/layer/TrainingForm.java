package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What layers need that behave differently in training. */
public interface TrainingForm {
    /** An int64 pair that no other layer and no other step has. */
    Operand<TInt64> randomKey(Ops tf, String layerPath);

    /** Sets the value after the step of a weight without gradient. */
    void becomes(String weight, Operand<TFloat32> next);

    /**
     * Registers where a bias's gradient is found, as the graph itself has no path to it.
     *
     * @param values {@code [.., channels]}, in each of which the bias's channel is once: its gradient is the sum of theirs
     */
    void addedOnce(String bias, Operand<TFloat32> values);
}
