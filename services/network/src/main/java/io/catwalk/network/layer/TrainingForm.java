package io.catwalk.network.layer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** What a layer that does something else while training needs for it. */
public interface TrainingForm {
    /** An int64 pair that no other layer and no other step has. */
    Operand<TInt64> randomKey(Ops tf, String layerPath);

    /** Takes what a tensor without gradient becomes after the step. */
    void becomes(String weight, Operand<TFloat32> next);

    /**
     * Tells where a bias's gradient is found, as the graph's own way to it is cut.
     *
     * @param values {@code [.., channels]}, in each of which the bias's channel is once: its gradient is the sum of theirs
     */
    void addedOnce(String bias, Operand<TFloat32> values);
}
