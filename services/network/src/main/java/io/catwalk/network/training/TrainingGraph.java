package io.catwalk.network.training;

import java.util.List;

import io.catwalk.network.Network;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network's graph: one way forward with loss and update, a second one for scoring, over the same variables.
 *
 * @param state the weights in the network's order, then the other variables by name
 * @param scored what is scored and exported, in the network's order: the weights, or their averages
 */
record TrainingGraph(
        Feeds feeds, Training training, Scoring scoring, List<StateVariable> state, List<StateVariable> scored) {
    /** The batch's mean loss and hits before the update, and the update. */
    record Training(Operand<TFloat32> meanLoss, Operand<TInt32> correct, Op update) {}

    /** The batch's summed loss and hits, in the form for inference. */
    record Scoring(Operand<TFloat32> lossSum, Operand<TInt32> correct) {}

    static TrainingGraph build(Graph graph, Network network, Hyperparameters hyperparameters, long seed) {
        return new TrainingGraphBuilder(graph, network, hyperparameters).build(seed);
    }

    /** The weights in the network's order. */
    List<StateVariable> weights() {
        return state.subList(0, scored.size());
    }
}
