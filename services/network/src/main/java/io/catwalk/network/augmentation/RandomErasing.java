package io.catwalk.network.augmentation;

import static io.catwalk.network.precondition.Preconditions.requireFactor;
import static io.catwalk.network.precondition.Preconditions.requireProbability;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Fills a rectangle of each chosen image with uniform noise (Zhong, Zheng, Kang, Li and Yang 2020, algorithm 1 with
 * random values). Area and aspect ratio are drawn up to {@value #ATTEMPTS} times, as in torchvision; where no rectangle
 * fits into the image, the image is unchanged.
 *
 * @param probability for each image
 * @param smallest part of the image's area, above 0
 * @param largest part of the image's area, below 1
 * @param flattest height over width, above 0 and at most 1; the steepest is its inverse
 */
public record RandomErasing(float probability, float smallest, float largest, float flattest) implements Augmentation {
    static final int ATTEMPTS = 10;

    private static final int PER_ATTEMPT = 2;

    /** The paper's values: 0.5 of the images, 0.02 to 0.4 of the area, ratios from 0.3. */
    public RandomErasing() {
        this(0.5f, 0.02f, 0.4f, 0.3f);
    }

    /** @throws IllegalArgumentException for a value outside its range */
    public RandomErasing {
        requireProbability("probability", probability);
        if (!(smallest > 0 && smallest <= largest && largest < 1)) {
            throw new IllegalArgumentException(
                    "areas must rise from above 0 to below 1, not from %s to %s".formatted(smallest, largest));
        }
        requireFactor("flattest", flattest);
    }

    @Override
    public String kind() {
        return "random_erasing";
    }

    @Override
    public void requireFit(ImageShape image) {
        if (image.height() < 2 || image.width() < 2) {
            throw new IllegalArgumentException("random erasing needs images of at least 2x2, not " + image);
        }
    }

    @Override
    public Operand<TFloat32> apply(Ops tf, Operand<TFloat32> batch, ImageShape image, Operand<TInt64> key) {
        Draws draws = Draws.of(tf, batch, 3 + PER_ATTEMPT * ATTEMPTS, key);
        Rectangle rectangle = rectangle(tf, draws, image);
        var chosen = tf.math.logicalAnd(tf.math.less(draws.column(0), tf.constant(probability)), rectangle.fits());
        var rows =
                inside(tf, draws.column(1), rectangle.height(), image.height(), new int[] {-1, image.height(), 1, 1});
        var columns =
                inside(tf, draws.column(2), rectangle.width(), image.width(), new int[] {-1, 1, image.width(), 1});
        var erased = tf.math.logicalAnd(tf.math.logicalAnd(rows, columns), Draws.perImage(tf, chosen));
        return tf.select(erased, noise(tf, batch, key), batch);
    }

    /**
     * The first rectangle that fits, of those that an image draws.
     *
     * @param height a whole number, {@code [batch, 1]}
     * @param width a whole number, {@code [batch, 1]}
     * @param fits whether there is one, {@code [batch, 1]}
     */
    private record Rectangle(Operand<TFloat32> height, Operand<TFloat32> width, Operand<TBool> fits) {}

    private Rectangle rectangle(Ops tf, Draws draws, ImageShape image) {
        float pixels = (float) image.height() * image.width();
        var area = between(tf, draws.columns(3, ATTEMPTS), smallest * pixels, largest * pixels);
        float steepest = (float) -Math.log(flattest);
        var ratio = tf.math.exp(between(tf, draws.columns(3 + ATTEMPTS, ATTEMPTS), -steepest, steepest));
        var heights = tf.math.round(tf.math.sqrt(tf.math.mul(area, ratio)));
        var widths = tf.math.round(tf.math.sqrt(tf.math.div(area, ratio)));
        var fits = tf.math.logicalAnd(
                tf.math.less(heights, tf.constant((float) image.height())),
                tf.math.less(widths, tf.constant((float) image.width())));
        var first = tf.expandDims(
                tf.math.argMax(tf.dtypes.cast(fits, TInt32.class), tf.constant(1), TInt32.class), tf.constant(1));
        return new Rectangle(pick(tf, heights, first), pick(tf, widths, first), pick(tf, fits, first));
    }

    /** Which of an image's rows or columns lie within the rectangle, {@code shape} with a leading batch dimension. */
    private static Operand<TBool> inside(
            Ops tf, Operand<TFloat32> unit, Operand<TFloat32> size, int length, int[] shape) {
        var places = tf.math.add(tf.math.sub(tf.constant((float) length), size), tf.constant(1f));
        var first = tf.dtypes.cast(Draws.whole(tf, unit, places), TFloat32.class);
        var range = tf.range(tf.constant(0f), tf.constant((float) length), tf.constant(1f));
        var from = tf.math.sub(range, first);
        var within = tf.math.logicalAnd(tf.math.greaterEqual(from, tf.constant(0f)), tf.math.less(from, size));
        return tf.reshape(within, tf.constant(shape));
    }

    private static Operand<TFloat32> noise(Ops tf, Operand<TFloat32> batch, Operand<TInt64> key) {
        var other = tf.math.add(key, tf.constant(new long[] {1, 0}));
        return tf.random.statelessRandomUniform(tf.shape(batch), other);
    }

    private static Operand<TFloat32> between(Ops tf, Operand<TFloat32> unit, float from, float to) {
        return tf.math.add(tf.math.mul(unit, tf.constant(to - from)), tf.constant(from));
    }

    private static <T extends TType> Operand<T> pick(Ops tf, Operand<T> values, Operand<TInt32> index) {
        return tf.gather(values, index, tf.constant(1), Gather.batchDims(1L));
    }
}
