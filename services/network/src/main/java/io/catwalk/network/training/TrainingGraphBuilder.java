package io.catwalk.network.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.network.Network;
import io.catwalk.network.augmentation.Augmentation;
import io.catwalk.network.graph.ForwardPass;
import io.catwalk.network.graph.RandomKeys;
import io.catwalk.network.optimizer.Gradients;
import io.catwalk.network.optimizer.Slots;
import io.catwalk.network.optimizer.StepSize;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds a network's training and scoring to a graph. */
final class TrainingGraphBuilder {
    private static final String VARIABLE = "VariableV2";

    private final Graph graph;
    private final Ops tf;
    private final Network network;
    private final Hyperparameters hyperparameters;
    private final Feeds feeds;
    private final WeightVariables weights;
    private final WeightVariables scored;
    private final Slots slots = new Slots();

    TrainingGraphBuilder(Graph graph, Network network, Hyperparameters hyperparameters) {
        this.graph = graph;
        this.tf = Ops.create(graph);
        this.network = network;
        this.hyperparameters = hyperparameters;
        this.feeds = Feeds.of(tf, network.input());
        this.weights = WeightVariables.of(tf, network);
        this.scored = averages() ? WeightVariables.averages(tf, network) : weights;
    }

    TrainingGraph build(long seed) {
        var training = training(tf, feeds.inputs(), weights.byName(), seed);
        return whole(Optional.empty(), List.of(training));
    }

    TrainingGraph resident(long seed, int count, int steps) {
        ResidentFeeds resident = ResidentFeeds.of(tf, network.input(), count);
        List<TrainingGraph.Training> trainings = new ArrayList<>();
        Ops after = tf;
        for (int number = 0; number < steps; number++) {
            var training = training(after, resident.step(after, number), weights.read(after), seed);
            trainings.add(training);
            after = tf.withControlDependencies(training.update());
        }
        return whole(Optional.of(resident), List.copyOf(trainings));
    }

    private TrainingGraph whole(Optional<ResidentFeeds> resident, List<TrainingGraph.Training> trainings) {
        var scoring = scoring();
        Map<String, StateVariable> state = state();
        return new TrainingGraph(
                feeds,
                resident,
                trainings,
                scoring,
                List.copyOf(state.values()),
                scored.all().values().stream()
                        .map(variable -> state.get(variable.op().name()))
                        .toList());
    }

    private boolean averages() {
        return hyperparameters.descent().averaging().isPresent();
    }

    /**
     * @param after adds operations that wait for the previous step: only those that read what it changes, as others would miss
     *     optimizations that the first step has
     * @param values of the weights, by name
     */
    private TrainingGraph.Training training(
            Ops after, StepInputs inputs, Map<String, ? extends Operand<TFloat32>> values, long seed) {
        Ops training = tf.withSubScope("training");
        var keys = new RandomKeys(seed, inputs.step());
        var images = augmented(training, inputs.images(), keys);
        var pass = ForwardPass.trained(training, network, values, images, keys);
        var smoothing = new Smoothing(
                network.classes(), hyperparameters.regularisation().labelSmoothing());
        Head head = Head.of(training, pass.logits(), inputs.labels(), smoothing);
        var meanLoss = training.math.mean(head.losses(), training.constant(0));
        return new TrainingGraph.Training(meanLoss, head.correct(), update(after, inputs, meanLoss, pass));
    }

    private Operand<TFloat32> augmented(Ops training, Operand<TFloat32> whole, RandomKeys keys) {
        Operand<TFloat32> images = whole;
        int number = 1;
        for (Augmentation augmentation : hyperparameters.regularisation().augmentations()) {
            augmentation.requireFit(network.input());
            String name = "augmentation_%d.%s".formatted(number++, augmentation.kind());
            Ops inside = training.withSubScope(name);
            images = augmentation.apply(inside, images, network.input(), keys.of(inside, name));
        }
        return images;
    }

    /** The optimizer's step, then the running statistics, then the averages of both. */
    private Op update(Ops after, StepInputs inputs, Operand<TFloat32> meanLoss, ForwardPass.Trained pass) {
        Descent descent = hyperparameters.descent();
        Gradients plain = Gradients.of(graph, meanLoss, weights.trained(), pass.biases(), slots);
        Gradients gradients = descent.maxGradientNorm().isPresent()
                ? plain.clipped(tf, (float) descent.maxGradientNorm().getAsDouble())
                : plain;
        var size = new StepSize(
                inputs.learningRate(), hyperparameters.regularisation().weightDecay());
        List<Op> changes = new ArrayList<>();
        changes.add(descent.optimizer().update(after, gradients, size));
        changes.addAll(weights.assign(after, pass.next()));
        if (averages()) {
            changes.addAll(scored.follow(tf.withControlDependencies(changes), weights, inputs.averageKept()));
        }
        return tf.withControlDependencies(changes).withName("step.done").noOp();
    }

    private TrainingGraph.Scoring scoring() {
        Ops scoring = tf.withSubScope("scoring");
        var logits = ForwardPass.logits(scoring, network, scored.byName(), feeds.images());
        Head head = Head.of(scoring, logits, feeds.labels(), Smoothing.none(network.classes()));
        return new TrainingGraph.Scoring(scoring.sum(head.losses(), scoring.constant(0)), head.correct());
    }

    /** All variables by name: the weights in the network's order, then the others, sorted. */
    private Map<String, StateVariable> state() {
        Ops inside = tf.withSubScope("state");
        Map<String, StateVariable> state = new LinkedHashMap<>();
        weights.byName().forEach((name, weight) -> state.put(name, StateVariable.of(inside, name, weight.asOutput())));
        List<GraphOperation> others = new ArrayList<>();
        graph.operations().forEachRemaining(operation -> {
            if (operation.type().equals(VARIABLE)
                    && !state.containsKey(operation.name())
                    && !ResidentFeeds.holds(operation.name())) {
                others.add(operation);
            }
        });
        others.sort(Comparator.comparing(GraphOperation::name));
        others.forEach(other -> state.put(other.name(), StateVariable.of(inside, other.name(), other.output(0))));
        return state;
    }
}
