package io.catwalk.network.graph;

import java.util.List;

import io.catwalk.network.initializer.SplitMix64;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Keys for stateless random numbers, which depend only on the seed, the operation's name and the step, so a resumed run
 * draws the same numbers as an uninterrupted one.
 *
 * @param step the step's number, an int64 scalar
 */
public record RandomKeys(long seed, Operand<TInt64> step) {
    /** The key for this name, an int64 pair. */
    public Operand<TInt64> of(Ops tf, String name) {
        return tf.stack(List.of(tf.constant(SplitMix64.key(seed, name)), step));
    }
}
