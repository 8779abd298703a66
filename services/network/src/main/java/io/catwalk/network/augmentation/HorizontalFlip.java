package io.catwalk.network.augmentation;

import static io.catwalk.network.precondition.Preconditions.requireProbability;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Random horizontal flip.
 *
 * @param probability for each image
 */
public record HorizontalFlip(float probability) implements Augmentation {
    /** Every second image. */
    public HorizontalFlip() {
        this(0.5f);
    }

    /** @throws IllegalArgumentException unless {@code 0 <= probability <= 1} */
    public HorizontalFlip {
        requireProbability("probability", probability);
    }

    @Override
    public String kind() {
        return "horizontal_flip";
    }

    @Override
    public void requireFit(ImageShape image) {
        // Any shape can be flipped.
    }

    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> batch, ImageShape image, Operand<TInt64> key) {
        var chosen = tf.math.less(Draws.of(tf, batch, 1, key).column(0), tf.constant(probability));
        var flipped = tf.reverse(batch, tf.constant(new int[] {2}));
        return tf.select(Draws.perImage(tf, chosen), flipped, batch);
    }
}
