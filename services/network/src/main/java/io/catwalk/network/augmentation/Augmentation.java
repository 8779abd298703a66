package io.catwalk.network.augmentation;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * A random change of each image of a training batch, each image with its own random numbers. The label and the shape stay. A new
 * kind is one file here and its name in {@code permits}.
 */
public sealed interface Augmentation permits HorizontalFlip, RandomCrop, RandomErasing {
    /** The kind in names: {@code random_crop}. */
    String kind();

    /**
     * Checks that the change can be made to images of a shape.
     *
     * @throws IllegalArgumentException naming field, value and limit
     */
    void requireFit(ImageShape image);

    /**
     * Adds the change to the graph.
     *
     * @param batch {@code [batch, height, width, channels]}
     * @param key an int64 pair that no other augmentation and no other step has
     */
    Operand<TFloat32> apply(Ops tf, Operand<TFloat32> batch, ImageShape image, Operand<TInt64> key);
}
