package io.catwalk.network.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.graph.Shapes;
import io.catwalk.network.layer.WeightSpec;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A variable for each of a network's weights, in its order. */
record WeightVariables(Map<WeightSpec, Variable<TFloat32>> all) {
    /** The weights themselves. */
    static WeightVariables of(Ops tf, Network network) {
        return of(tf, network, "");
    }

    /** Their running averages. */
    static WeightVariables averages(Ops tf, Network network) {
        return of(tf, network, Checkpoint.AVERAGE);
    }

    private static WeightVariables of(Ops tf, Network network, String suffix) {
        Map<WeightSpec, Variable<TFloat32>> all = new LinkedHashMap<>();
        for (WeightSpec weight : network.weights()) {
            Ops named = tf.withName(weight.name() + suffix);
            all.put(weight, named.variable(Shapes.of(weight.dimensions()), TFloat32.class));
        }
        return new WeightVariables(all);
    }

    /** In the network's order. */
    Map<String, Variable<TFloat32>> byName() {
        Map<String, Variable<TFloat32>> byName = new LinkedHashMap<>();
        all.forEach((weight, variable) -> byName.put(weight.name(), variable));
        return byName;
    }

    /** Their values as read by operations that {@code after} adds, by name. */
    Map<String, Operand<TFloat32>> read(Ops after) {
        Map<String, Operand<TFloat32>> values = new LinkedHashMap<>();
        all.forEach((weight, variable) -> values.put(weight.name(), after.identity(variable)));
        return values;
    }

    /** The trained ones, in the network's order. */
    Map<WeightSpec, Variable<TFloat32>> trained() {
        Map<WeightSpec, Variable<TFloat32>> trained = new LinkedHashMap<>(all);
        trained.keySet().removeIf(weight -> !weight.role().isTrained());
        return trained;
    }

    /** Gives some of them new values. */
    List<Op> assign(Ops tf, Map<String, Operand<TFloat32>> values) {
        Map<String, Variable<TFloat32>> byName = byName();
        return values.entrySet().stream()
                .<Op>map(value -> tf.assign(byName.get(value.getKey()), value.getValue()))
                .toList();
    }

    /**
     * Moves each towards the same one in {@code others}.
     *
     * @param kept the fraction that is kept, a scalar
     */
    List<Op> follow(Ops tf, WeightVariables others, Operand<TFloat32> kept) {
        var claimed = tf.math.sub(tf.constant(1f), kept);
        return all.entrySet().stream()
                .<Op>map(own -> tf.assign(
                        own.getValue(),
                        tf.math.add(
                                tf.math.mul(own.getValue(), kept), tf.math.mul(others.all.get(own.getKey()), claimed))))
                .toList();
    }
}
