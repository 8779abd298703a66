package io.catwalk.network.training;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * A set of images in the device's memory, and the placeholders of a call of several steps, which select each step's
 * images. Pixels are float32, as every device can gather those.
 *
 * @param images all, {@code [count, height, width, channels]}
 * @param labels all, {@code [count]}
 * @param chosen the images of each step, {@code [steps, batch]}
 * @param numbers of the steps, {@code [steps]}
 * @param learningRates {@code [steps]}
 * @param averagesKept {@code [steps]}
 */
record ResidentFeeds(
        Resident<TFloat32> images,
        Resident<TInt32> labels,
        Placeholder<TInt32> chosen,
        Placeholder<TInt64> numbers,
        Placeholder<TFloat32> learningRates,
        Placeholder<TFloat32> averagesKept) {
    private static final String SCOPE = "resident";

    /** A variable that is assigned once. */
    record Resident<T extends TType>(Variable<T> variable, Placeholder<T> content, Op assign) {
        private static <T extends TType> Resident<T> of(Ops tf, String name, Shape shape, Class<T> type) {
            var content = tf.placeholder(type, Placeholder.shape(shape));
            var variable = tf.withName(name).variable(shape, type);
            return new Resident<>(variable, content, tf.assign(variable, content));
        }
    }

    static ResidentFeeds of(Ops tf, ImageShape input, int count) {
        Ops inside = tf.withSubScope(SCOPE);
        Shape all = Shape.of(count, input.height(), input.width(), input.channels());
        Shape each = Shape.of(-1);
        return new ResidentFeeds(
                Resident.of(inside, "images", all, TFloat32.class),
                Resident.of(inside, "labels", Shape.of(count), TInt32.class),
                inside.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1))),
                inside.placeholder(TInt64.class, Placeholder.shape(each)),
                inside.placeholder(TFloat32.class, Placeholder.shape(each)),
                inside.placeholder(TFloat32.class, Placeholder.shape(each)));
    }

    /** Whether a variable isn't part of the training state. */
    static boolean holds(String variable) {
        return variable.startsWith(SCOPE + "/");
    }

    /** Assigns the set. */
    void fill(Session session, TFloat32 pixels, TInt32 numbersOfClasses) {
        session.runner()
                .feed(images.content(), pixels)
                .feed(labels.content(), numbersOfClasses)
                .addTarget(images.assign())
                .addTarget(labels.assign())
                .run()
                .close();
    }

    /**
     * The inputs of one step of a call.
     *
     * @param after adds operations that wait for the step before
     * @param number from 0
     */
    StepInputs step(Ops after, int number) {
        Ops tf = after.withSubScope(SCOPE);
        var axis = tf.constant(0);
        var batch = element(tf, chosen, number);
        return new StepInputs(
                tf.gather(images.variable(), batch, axis),
                tf.gather(labels.variable(), batch, axis),
                element(tf, numbers, number),
                element(tf, learningRates, number),
                element(tf, averagesKept, number));
    }

    private static <T extends TType> Operand<T> element(Ops tf, Operand<T> vector, int number) {
        return tf.gather(vector, tf.constant(number), tf.constant(0));
    }
}
