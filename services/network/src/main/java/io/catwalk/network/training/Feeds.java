package io.catwalk.network.training;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The placeholders of one step.
 *
 * @param images {@code [batch, height, width, channels]}
 * @param labels {@code [batch]}
 * @param step the step's number, a scalar
 * @param learningRate the step's, a scalar
 * @param averageKept the part of the weights' average that the step keeps, a scalar
 */
record Feeds(
        Placeholder<TFloat32> images,
        Placeholder<TInt32> labels,
        Placeholder<TInt64> step,
        Placeholder<TFloat32> learningRate,
        Placeholder<TFloat32> averageKept) {
    static Feeds of(Ops tf, ImageShape input) {
        Shape imageBatch = Shape.of(-1, input.height(), input.width(), input.channels());
        return new Feeds(
                tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(imageBatch)),
                tf.withName("labels").placeholder(TInt32.class, Placeholder.shape(Shape.of(-1))),
                tf.withName("step").placeholder(TInt64.class, Placeholder.shape(Shape.scalar())),
                scalar(tf.withName("learning_rate")),
                scalar(tf.withName("average_kept")));
    }

    StepInputs inputs() {
        return new StepInputs(images, labels, step, learningRate, averageKept);
    }

    private static Placeholder<TFloat32> scalar(Ops tf) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    }
}
