package io.catwalk.network.augmentation;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Random numbers for each image of a batch.
 *
 * @param values uniform within {@code [0, 1)}, {@code [batch, columns]}
 */
record Draws(Ops tf, Operand<TFloat32> values) {
    private static final int ALL_ROWS = -1;

    static Draws of(Ops tf, Operand<TFloat32> batch, int columns, Operand<TInt64> key) {
        var count = tf.slice(tf.shape(batch), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        var shape = tf.concat(List.of(count, tf.constant(new int[] {columns})), tf.constant(0));
        return new Draws(tf, tf.random.statelessRandomUniform(shape, key));
    }

    /** One number for each image, {@code [batch, 1]}. */
    Operand<TFloat32> column(int index) {
        return columns(index, 1);
    }

    /** Numbers for each image, {@code [batch, width]}. */
    Operand<TFloat32> columns(int from, int width) {
        return tf.slice(values, tf.constant(new int[] {0, from}), tf.constant(new int[] {ALL_ROWS, width}));
    }

    /** A whole number within {@code [0, below)} for each number within {@code [0, 1)}; {@code below} is a float. */
    static Operand<TInt32> whole(Ops tf, Operand<TFloat32> unit, Operand<TFloat32> below) {
        var scaled = tf.math.floor(tf.math.mul(unit, below));
        return tf.dtypes.cast(tf.math.minimum(scaled, tf.math.sub(below, tf.constant(1f))), TInt32.class);
    }

    /** One value for each image, {@code [batch, 1]}, as {@code [batch, 1, 1, 1]}. */
    static <T extends TType> Operand<T> perImage(Ops tf, Operand<T> column) {
        return tf.reshape(column, tf.constant(new int[] {-1, 1, 1, 1}));
    }
}
