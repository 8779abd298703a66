package io.catwalk.network.training;

import java.util.List;
import java.util.Optional;

import io.catwalk.network.Network;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network's graph: a forward pass with loss and update, and a second one for scoring, over the same variables.
 *
 * @param resident the set that steps take their images from; empty if each step is fed its own
 * @param trainings the steps of one call, each after the one before
 * @param state the weights in the network's order, then the other variables by name
 * @param scored what is scored and exported, in the network's order: the weights, or their averages
 */
record TrainingGraph(
        Feeds feeds,
        Optional<ResidentFeeds> resident,
        List<Training> trainings,
        Scoring scoring,
        List<StateVariable> state,
        List<StateVariable> scored) {
    /** The batch's mean loss and correct images before the update, and the update. */
    record Training(Operand<TFloat32> meanLoss, Operand<TInt32> correct, Op update) {}

    /** The batch's summed loss and correct images, in inference form. */
    record Scoring(Operand<TFloat32> lossSum, Operand<TInt32> correct) {}

    /** A graph whose steps are fed their images. */
    static TrainingGraph build(Graph graph, Network network, Hyperparameters hyperparameters, long seed) {
        return new TrainingGraphBuilder(graph, network, hyperparameters).build(seed);
    }

    /**
     * A graph whose steps take their images from a set of {@code count} in the device's memory.
     *
     * @param steps of one call
     */
    static TrainingGraph resident(
            Graph graph, Network network, Hyperparameters hyperparameters, long seed, int count, int steps) {
        return new TrainingGraphBuilder(graph, network, hyperparameters).resident(seed, count, steps);
    }

    Training training() {
        return trainings.getFirst();
    }

    /** The weights in the network's order. */
    List<StateVariable> weights() {
        return state.subList(0, scored.size());
    }
}
