package io.catwalk.benchmark.peak;

import io.catwalk.benchmark.round.Contestant;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** TensorFlow's product of two square matrices with all its threads, in FLOP/s. */
public final class MatMulPeak implements Contestant {
    private static final int SIDE = 2048;
    private static final int PRODUCTS = 20;
    private static final double FLOPS = 2.0 * SIDE * SIDE * SIDE;
    private static final double NANOS = 1e9;

    private final Graph graph = new Graph();
    private final Session session = new Session(graph);
    private final Operation product;

    public MatMulPeak() {
        Ops tf = Ops.create(graph);
        product = tf.linalg.matMul(matrix(tf), matrix(tf)).op();
        session.initialize();
    }

    @Override
    public String name() {
        return "TensorFlow, product of %1$d x %1$d matrices".formatted(SIDE);
    }

    @Override
    public double round() {
        long started = System.nanoTime();
        for (int i = 0; i < PRODUCTS; i++) {
            session.runner().addTarget(product).run().close();
        }
        return PRODUCTS * FLOPS * NANOS / (System.nanoTime() - started);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }

    private static Variable<TFloat32> matrix(Ops tf) {
        Ops first = tf.withInitScope();
        return tf.variable(first.random.randomUniform(first.constant(new int[] {SIDE, SIDE}), TFloat32.class));
    }
}
