package io.catwalk.benchmark.step;

import java.util.ArrayList;
import java.util.List;

import io.catwalk.network.optimizer.Adam;
import io.catwalk.network.optimizer.Gradients;
import io.catwalk.network.optimizer.StepSize;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The tutorial's Python code, translated line by line: relu before {@code tf.nn.maxPool}, and two
 * session runs a step, the update's and then the loss' and accuracy's.
 */
final class NaiveTraining implements Training {
    private static final int CLASSES = 10;
    private static final float LEARNING_RATE = 1e-3f;
    private static final List<Long> EACH_PIXEL = List.of(1L, 1L, 1L, 1L);
    private static final List<Long> HALVES = List.of(1L, 2L, 2L, 1L);

    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Session session = new Session(graph);
    private final List<Variable<TFloat32>> weights = new ArrayList<>();
    private final Placeholder<TFloat32> images;
    private final Placeholder<TInt32> labels;
    private final Op update;
    private final Operand<TFloat32> loss;
    private final Operand<TFloat32> accuracy;

    private NaiveTraining(Minimizer minimizer) {
        images = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 28, 28, 1)));
        labels = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
        Operand<TFloat32> block = images;
        for (long[] channels : new long[][] {{1, 32}, {32, 64}, {64, 128}}) {
            block = convolution(block, channels[0], channels[1]);
        }
        Operand<TFloat32> flat = tf.reshape(block, tf.constant(new int[] {-1, 4 * 4 * 128}));
        Operand<TFloat32> hidden = tf.nn.relu(dense(flat, 4L * 4 * 128, 128));
        Operand<TFloat32> logits = dense(hidden, 128, CLASSES);
        Operand<TFloat32> oneHot = tf.oneHot(labels, tf.constant(CLASSES), tf.constant(1f), tf.constant(0f));
        loss = tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(logits, oneHot).loss(), tf.constant(0));
        var hits = tf.math.equal(tf.math.argMax(logits, tf.constant(1), TInt32.class), labels);
        accuracy = tf.math.mean(tf.dtypes.cast(hits, TFloat32.class), tf.constant(0));
        update = minimizer.minimize(this);
        session.initialize();
    }

    /** With TensorFlow-Java's own optimizer, as its users write it. */
    static NaiveTraining withFrameworkAdam() {
        return new NaiveTraining(training ->
                new org.tensorflow.framework.optimizers.Adam(training.graph, LEARNING_RATE).minimize(training.loss));
    }

    /** With Catwalk's optimizer, to compare the rest of the step. */
    static NaiveTraining withCatwalkAdam() {
        return new NaiveTraining(training -> new Adam()
                .update(
                        training.tf,
                        Gradients.of(training.graph, training.loss, training.weights),
                        new StepSize(training.tf.constant(LEARNING_RATE), 0)));
    }

    /** Returns the batch's loss after the update. */
    @Override
    public float step(float[] batch, int[] batchLabels, long unused) {
        try (TFloat32 imageTensor = TFloat32.tensorOf(
                        Shape.of(batchLabels.length, 28, 28, 1),
                        tensor -> tensor.asRawTensor().data().asFloats().write(batch));
                TInt32 labelTensor = TInt32.tensorOf(
                        Shape.of(batchLabels.length),
                        tensor -> tensor.asRawTensor().data().asInts().write(batchLabels))) {
            fed(imageTensor, labelTensor).addTarget(update).run().close();
            try (Result result =
                    fed(imageTensor, labelTensor).fetch(loss).fetch(accuracy).run()) {
                return ((TFloat32) result.get(0)).getFloat();
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private Session.Runner fed(TFloat32 imageTensor, TInt32 labelTensor) {
        return session.runner().feed(images, imageTensor).feed(labels, labelTensor);
    }

    private Operand<TFloat32> convolution(Operand<TFloat32> input, long channels, long filters) {
        Variable<TFloat32> kernel = variable(9 * channels, 9 * filters, Shape.of(3, 3, channels, filters));
        var sums = tf.nn.biasAdd(tf.nn.conv2d(input, kernel, EACH_PIXEL, "SAME"), bias(filters));
        return tf.nn.maxPool(tf.nn.relu(sums), tf.constant(ints(HALVES)), tf.constant(ints(HALVES)), "SAME");
    }

    private Operand<TFloat32> dense(Operand<TFloat32> input, long inputs, long units) {
        Variable<TFloat32> kernel = variable(inputs, units, Shape.of(inputs, units));
        return tf.math.add(tf.linalg.matMul(input, kernel), bias(units));
    }

    private Variable<TFloat32> bias(long units) {
        return variable(units, units, Shape.of(units));
    }

    /** Glorot uniform. */
    private Variable<TFloat32> variable(long fanIn, long fanOut, Shape shape) {
        float limit = (float) Math.sqrt(6.0 / (fanIn + fanOut));
        Ops init = tf.withInitScope();
        var unit = init.random.randomUniform(init.constant(shape), TFloat32.class);
        var value = init.math.mul(init.math.sub(unit, init.constant(0.5f)), init.constant(2 * limit));
        Variable<TFloat32> variable = tf.variable(value);
        weights.add(variable);
        return variable;
    }

    private static int[] ints(List<Long> values) {
        return values.stream().mapToInt(Long::intValue).toArray();
    }

    /** Adds an optimizer's operations. */
    @FunctionalInterface
    private interface Minimizer {
        Op minimize(NaiveTraining training);
    }
}
