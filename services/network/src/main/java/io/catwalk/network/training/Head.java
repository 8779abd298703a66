package io.catwalk.network.training;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Loss and accuracy of logits.
 *
 * @param losses each image's softmax cross entropy, {@code [batch]}
 * @param correct the number of images whose highest logit is their label's, a scalar
 */
record Head(Operand<TFloat32> losses, Operand<TInt32> correct) {
    /**
     * The loss takes one-hot labels: TensorFlow's Java build has no gradient for the sparse form.
     *
     * @param logits {@code [batch, classes]}
     * @param labels {@code [batch]}, each within {@code 0..classes-1}
     */
    static Head of(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels, Smoothing smoothing) {
        var oneHot = tf.oneHot(
                labels,
                tf.constant(smoothing.classes()),
                tf.constant(smoothing.ofLabel()),
                tf.constant(smoothing.ofOthers()));
        var losses = tf.nn.softmaxCrossEntropyWithLogits(logits, oneHot).loss();
        var predicted = tf.math.argMax(logits, tf.constant(1), TInt32.class);
        var hits = tf.dtypes.cast(tf.math.equal(predicted, labels), TInt32.class);
        return new Head(losses, tf.sum(hits, tf.constant(0)));
    }
}
