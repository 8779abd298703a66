package io.catwalk.network.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.catwalk.network.layer.WeightSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A loss' gradients, one for each trained weight. */
public final class Gradients {
    private final List<WeightGradient> each;
    private final Slots slots;

    private Gradients(List<WeightGradient> each, Slots slots) {
        this.each = List.copyOf(each);
        this.slots = slots;
    }

    /**
     * Adds the operations that calculate the gradients.
     *
     * @param loss a scalar
     * @param biases the values whose gradients, summed for each channel, are a weight's gradient, by the weight's name; the
     *     loss' own gradients for all others
     * @param slots the optimizer's variables, shared by all steps of the graph
     */
    public static Gradients of(
            Graph graph,
            Operand<TFloat32> loss,
            Map<WeightSpec, Variable<TFloat32>> weights,
            Map<String, Operand<TFloat32>> biases,
            Slots slots) {
        List<Operand<TFloat32>> sources = new ArrayList<>();
        weights.forEach((spec, weight) -> sources.add(biases.getOrDefault(spec.name(), weight)));
        Iterator<Output<TFloat32>> gradients = gradients(graph, loss, sources).iterator();
        Ops tf = Ops.create(graph);
        List<WeightGradient> each = new ArrayList<>();
        weights.forEach((spec, weight) -> {
            Output<TFloat32> gradient = gradients.next();
            boolean summed = biases.containsKey(spec.name());
            each.add(new WeightGradient(
                    weight,
                    summed ? tf.nn.biasAddGrad(gradient) : gradient,
                    spec.role().isKernel(),
                    slots));
        });
        return new Gradients(each, slots);
    }

    /** Gradients of weights outside a network, without weight decay. */
    public static Gradients of(Graph graph, Operand<TFloat32> loss, List<Variable<TFloat32>> weights) {
        List<Output<TFloat32>> gradients = gradients(graph, loss, weights);
        Slots slots = new Slots();
        return new Gradients(
                IntStream.range(0, weights.size())
                        .mapToObj(i -> new WeightGradient(weights.get(i), gradients.get(i), false, slots))
                        .toList(),
                slots);
    }

    /**
     * Clips all of them to the global norm {@code norm} (Pascanu, Mikolov and Bengio
     * 2013, algorithm 1).
     *
     * @param norm above 0
     */
    public Gradients clipped(Ops tf, float norm) {
        List<Operand<TFloat32>> halfSquares = each.stream()
                .<Operand<TFloat32>>map(one -> tf.nn.l2Loss(one.gradient()))
                .toList();
        // AddN's order depends on which input's memory it can reuse.
        var halfSquare = tf.sum(tf.stack(halfSquares), tf.constant(0));
        var length = tf.math.sqrt(tf.math.mul(halfSquare, tf.constant(2f)));
        var limit = tf.constant(norm);
        var factor = tf.math.div(limit, tf.math.maximum(length, limit));
        return new Gradients(
                each.stream()
                        .map(one -> one.with(tf.math.mul(one.gradient(), factor)))
                        .toList(),
                slots);
    }

    /** The gradients with L2 regularisation: {@code decay / 2} times each kernel's squared norm added to the loss. */
    Gradients withDecay(Ops tf, float decay) {
        if (decay == 0) {
            return this;
        }
        return new Gradients(
                each.stream()
                        .map(one -> one.decays() ? one.with(decayed(tf, one, decay)) : one)
                        .toList(),
                slots);
    }

    List<WeightGradient> each() {
        return each;
    }

    Slots slots() {
        return slots;
    }

    /** A scope that waits for all gradients, as these read the weights that the update changes. */
    Ops after(Ops tf) {
        return tf.withControlDependencies(
                each.stream().<Op>map(WeightGradient::gradient).toList());
    }

    private static Operand<TFloat32> decayed(Ops tf, WeightGradient one, float decay) {
        return tf.math.add(one.gradient(), tf.math.mul(one.weight(), tf.constant(decay)));
    }

    private static List<Output<TFloat32>> gradients(
            Graph graph, Operand<TFloat32> loss, List<? extends Operand<TFloat32>> sources) {
        Output<?>[] outputs = sources.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
        return Arrays.stream(graph.addGradients(loss.asOutput(), outputs))
                .map(Gradients::float32)
                .toList();
    }

    private static Output<TFloat32> float32(Output<?> gradient) {
        return gradient.op().output(gradient.index());
    }
}
