package io.catwalk.network.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.graph.Shapes;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.layer.WeightSpec;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * A network in training: its weights, the optimizer's state, and the graph that changes them.
 *
 * <p>On one machine shape (CPU features, threads, oneDNN, device) the same network, hyperparameters, seed and batches
 * give the same bits, whether or not the session was captured and restored between two steps. For one thread at a time.
 */
public final class TrainingSession implements AutoCloseable {
    private final Network network;
    private final Graph graph;
    private final Session session;
    private final TrainingGraph operations;
    private final TInt64 step = TInt64.scalarOf(0);
    private BatchTensors batch;

    private TrainingSession(Network network, Graph graph, Session session, TrainingGraph operations) {
        this.network = network;
        this.graph = graph;
        this.session = session;
        this.operations = operations;
        this.batch = new BatchTensors(network.input(), 1);
    }

    /**
     * Builds the graph and sets the first weights.
     *
     * @param seed of the first weights and of dropout
     */
    public static TrainingSession open(Network network, Hyperparameters hyperparameters, long seed) {
        Graph graph = new Graph();
        Session session = new Session(graph);
        try {
            var operations = TrainingGraph.build(graph, network, hyperparameters.optimizer(), seed);
            var opened = new TrainingSession(network, graph, session, operations);
            session.initialize();
            opened.assign(firstWeights(network, hyperparameters.initializer(), seed));
            return opened;
        } catch (RuntimeException e) {
            session.close();
            graph.close();
            throw e;
        }
    }

    /**
     * Makes one step: gradients of the batch's mean loss, and the optimizer's update.
     *
     * @param images {@code batch * height * width * channels} values within 0..1, row-major
     * @param labels one for each image, within {@code 0..classes-1}
     * @param stepNumber within the run, at least 0; dropout's random numbers depend on it
     * @return the batch's figures before the update; a loss that isn't finite is the caller's to act on
     * @throws IllegalArgumentException for sizes that disagree, or a label out of range
     */
    public StepOutcome step(float[] images, int[] labels, long stepNumber) {
        if (stepNumber < 0) {
            throw new IllegalArgumentException("stepNumber must be at least 0, not " + stepNumber);
        }
        var training = operations.training();
        step.setLong(stepNumber);
        try (Result result = feed(images, labels)
                .feed(operations.feeds().step(), step)
                .addTarget(training.update())
                .fetch(training.meanLoss())
                .fetch(training.correct())
                .run()) {
            return new StepOutcome(((TFloat32) result.get(0)).getFloat(), ((TInt32) result.get(1)).getInt());
        }
    }

    /**
     * Scores a batch and changes nothing; arguments as those of {@link #step}.
     *
     * @throws IllegalArgumentException for sizes that disagree, no image, or a label out of range
     */
    public Score score(float[] images, int[] labels) {
        var scoring = operations.scoring();
        try (Result result = feed(images, labels)
                .fetch(scoring.lossSum())
                .fetch(scoring.correct())
                .run()) {
            return new Score(labels.length, ((TFloat32) result.get(0)).getFloat(), ((TInt32) result.get(1)).getInt());
        }
    }

    /** A copy of all that later steps depend on: the weights and the optimizer's state. */
    public Checkpoint capture() {
        return new Checkpoint(read(operations.state()));
    }

    /** A copy of the weights alone. */
    public Weights weights() {
        return new Weights(read(operations.state().subList(0, network.weights().size())));
    }

    /**
     * Puts a captured state in place of the present one.
     *
     * @throws UnusableCheckpointException when it isn't this network's and optimizer's; then nothing has changed
     */
    public void restore(Checkpoint checkpoint) {
        Set<String> known = operations.state().stream().map(StateVariable::name).collect(Collectors.toSet());
        checkpoint.tensors().stream()
                .map(NamedTensor::name)
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new UnusableCheckpointException(
                            "the checkpoint is of another network or optimizer: network %s has no %s"
                                    .formatted(network.name(), name));
                });
        assign(operations.state().stream()
                .map(variable -> checkpoint.required(variable.name(), variable.dimensions()))
                .toList());
    }

    @Override
    public void close() {
        batch.close();
        step.close();
        session.close();
        graph.close();
    }

    private Session.Runner feed(float[] images, int[] labels) {
        requireBatch(images, labels);
        if (batch.count() != labels.length) {
            batch.close();
            batch = new BatchTensors(network.input(), labels.length);
        }
        batch.write(images, labels);
        return session.runner()
                .feed(operations.feeds().images(), batch.images())
                .feed(operations.feeds().labels(), batch.labels());
    }

    private void requireBatch(float[] images, int[] labels) {
        if (labels.length == 0
                || images.length != labels.length * network.input().size()) {
            throw new IllegalArgumentException("%d labels need %d values for each image of %s, not %d in all"
                    .formatted(labels.length, network.input().size(), network.input(), images.length));
        }
        for (int label : labels) {
            if (label < 0 || label >= network.classes()) {
                throw new IllegalArgumentException(
                        "a label must be within 0..%d, not %d".formatted(network.classes() - 1, label));
            }
        }
    }

    private static List<NamedTensor> firstWeights(Network network, Initializer initializer, long seed) {
        return network.weights().stream()
                .map(weight -> firstValue(weight, initializer, seed))
                .toList();
    }

    private static NamedTensor firstValue(WeightSpec weight, Initializer initializer, long seed) {
        return new NamedTensor(weight.name(), weight.dimensions(), FloatBuffer.wrap(initializer.values(weight, seed)));
    }

    private List<NamedTensor> read(List<StateVariable> variables) {
        Session.Runner runner = session.runner();
        variables.forEach(variable -> runner.fetch(variable.value()));
        List<NamedTensor> tensors = new ArrayList<>();
        try (Result result = runner.run()) {
            for (int i = 0; i < variables.size(); i++) {
                tensors.add(variables.get(i).copy(result.get(i)));
            }
        }
        return tensors;
    }

    /** Sets the state's first variables, one for each value. */
    private void assign(List<NamedTensor> values) {
        Session.Runner runner = session.runner();
        List<Tensor> natives = new ArrayList<>();
        try {
            for (int i = 0; i < values.size(); i++) {
                StateVariable variable = operations.state().get(i);
                TFloat32 value = tensorOf(values.get(i));
                natives.add(value);
                runner.feed(variable.newValue(), value).addTarget(variable.assign());
            }
            runner.run().close();
        } finally {
            natives.forEach(Tensor::close);
        }
    }

    private static TFloat32 tensorOf(NamedTensor value) {
        return TFloat32.tensorOf(
                Shapes.of(value.dimensions()),
                tensor -> tensor.asRawTensor().data().asFloats().write(value.toArray()));
    }
}
