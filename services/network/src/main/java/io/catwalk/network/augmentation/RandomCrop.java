package io.catwalk.network.augmentation;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A crop of the image's own size from the zero-padded image, which moves it by up to {@code padding} pixels in
 * each direction (He et al. 2016, section 4.2).
 *
 * @param padding rows and columns of zeros on each side
 */
public record RandomCrop(int padding) implements Augmentation {
    private static final int ROWS = 1;
    private static final int COLUMNS = 2;

    /** @throws IllegalArgumentException for no padding */
    public RandomCrop {
        requireAtLeastOne("padding", padding);
    }

    @Override
    public String kind() {
        return "random_crop";
    }

    @Override
    public void requireFit(ImageShape image) {
        int limit = Math.min(image.height(), image.width());
        if (padding >= limit) {
            throw new IllegalArgumentException(
                    "padding is %d, must be below %d on images of %s".formatted(padding, limit, image));
        }
    }

    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> batch, ImageShape image, Operand<TInt64> key) {
        Draws draws = Draws.of(tf, batch, 2, key);
        var margins = tf.constant(new int[][] {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}});
        var padded = tf.pad(batch, margins, tf.constant(0f));
        var rows = gather(tf, padded, ROWS, indices(tf, draws.column(0), image.height()));
        return gather(tf, rows, COLUMNS, indices(tf, draws.column(1), image.width()));
    }

    /** A run of consecutive indexes of the image's length from a random start, for each image: {@code [batch, length]}. */
    private Operand<TInt32> indices(Ops tf, Operand<TFloat32> unit, int length) {
        var first = Draws.whole(tf, unit, tf.constant(2f * padding + 1));
        var range = tf.reshape(
                tf.range(tf.constant(0), tf.constant(length), tf.constant(1)), tf.constant(new int[] {1, length}));
        return tf.math.add(first, range);
    }

    private static Operand<TFloat32> gather(Ops tf, Operand<TFloat32> images, int axis, Operand<TInt32> indices) {
        return tf.gather(images, indices, tf.constant(axis), Gather.batchDims(1L));
    }
}
