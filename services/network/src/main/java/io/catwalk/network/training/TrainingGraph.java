package io.catwalk.network.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.network.Network;
import io.catwalk.network.graph.ForwardPass;
import io.catwalk.network.graph.RandomKeys;
import io.catwalk.network.graph.Shapes;
import io.catwalk.network.layer.WeightSpec;
import io.catwalk.network.optimizer.Optimizer;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network's graph: one way forward with loss and update, a second one for scoring, over the same variables.
 *
 * @param state the weights in the network's order, then the optimizer's variables by name
 */
record TrainingGraph(Feeds feeds, Training training, Scoring scoring, List<StateVariable> state) {
    private static final String VARIABLE = "VariableV2";

    /** The batch's mean loss and hits before the update, and the update. */
    record Training(Operand<TFloat32> meanLoss, Operand<TInt32> correct, Op update) {}

    /** The batch's summed loss and hits with dropout off. */
    record Scoring(Operand<TFloat32> lossSum, Operand<TInt32> correct) {}

    static TrainingGraph build(Graph graph, Network network, Optimizer optimizer, long seed) {
        Ops tf = Ops.create(graph);
        Feeds feeds = Feeds.of(tf, network.input());
        Map<String, Variable<TFloat32>> weights = weights(tf, network);

        Ops training = tf.withSubScope("training");
        Optional<RandomKeys> keys = Optional.of(new RandomKeys(seed, feeds.step()));
        var trained = ForwardPass.logits(training, network, weights, feeds.images(), keys);
        Head trainedHead = Head.of(training, trained, feeds.labels(), network.classes());
        var meanLoss = training.math.mean(trainedHead.losses(), training.constant(0));
        Op update = optimizer.minimize(graph, meanLoss, List.copyOf(weights.values()));

        Ops scoring = tf.withSubScope("scoring");
        var scored = ForwardPass.logits(scoring, network, weights, feeds.images(), Optional.empty());
        Head scoredHead = Head.of(scoring, scored, feeds.labels(), network.classes());
        var lossSum = scoring.sum(scoredHead.losses(), scoring.constant(0));

        return new TrainingGraph(
                feeds,
                new Training(meanLoss, trainedHead.correct(), update),
                new Scoring(lossSum, scoredHead.correct()),
                state(graph, tf.withSubScope("state"), weights));
    }

    private static Map<String, Variable<TFloat32>> weights(Ops tf, Network network) {
        Map<String, Variable<TFloat32>> weights = new LinkedHashMap<>();
        for (WeightSpec weight : network.weights()) {
            weights.put(
                    weight.name(), tf.withName(weight.name()).variable(Shapes.of(weight.dimensions()), TFloat32.class));
        }
        return weights;
    }

    private static List<StateVariable> state(Graph graph, Ops tf, Map<String, Variable<TFloat32>> weights) {
        List<GraphOperation> ofOptimizer = new ArrayList<>();
        graph.operations().forEachRemaining(operation -> {
            if (operation.type().equals(VARIABLE) && !weights.containsKey(operation.name())) {
                ofOptimizer.add(operation);
            }
        });
        ofOptimizer.sort(Comparator.comparing(GraphOperation::name));

        List<StateVariable> state = new ArrayList<>();
        weights.values()
                .forEach(weight -> state.add(StateVariable.of(tf, weight.op().name(), weight.asOutput())));
        ofOptimizer.forEach(variable -> state.add(StateVariable.of(tf, variable.name(), variable.output(0))));
        return List.copyOf(state);
    }
}
