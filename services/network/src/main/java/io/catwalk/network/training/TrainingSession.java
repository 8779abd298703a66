package io.catwalk.network.training;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.network.graph.Shapes;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.layer.ImageShape;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network in training: its weights, the optimizer's state, and the graph that changes them.
 *
 * <p>On one machine shape (CPU features, threads, oneDNN, device) the same network, hyperparameters, seed and batches
 * give the same bits, whether or not the session was captured and restored between two steps. Not thread-safe.
 */
public final class TrainingSession implements AutoCloseable {
    /** 4 GiB of float32. */
    private static final long MOST_RESIDENT = 1L << 30;

    private final Network network;
    private final Graph graph;
    private final Session session;
    private final TrainingGraph operations;
    private final Descent descent;
    private final StepTensors step = new StepTensors();
    private BatchTensors batch;
    private long nanosInGraph;

    private TrainingSession(Network network, Descent descent, Graph graph, Session session, TrainingGraph operations) {
        this.network = network;
        this.descent = descent;
        this.graph = graph;
        this.session = session;
        this.operations = operations;
        this.batch = new BatchTensors(network.input(), 1);
    }

    /**
     * Builds the graph and initializes the weights.
     *
     * @param seed of initialization, dropout and augmentation
     * @throws IllegalArgumentException when an augmentation doesn't fit the network's images, or this machine lacks
     *     instructions for the precision
     */
    public static TrainingSession open(Network network, Hyperparameters hyperparameters, long seed) {
        return open(
                network, hyperparameters, seed, graph -> TrainingGraph.build(graph, network, hyperparameters, seed));
    }

    /**
     * As {@link #open}, with a whole set of images kept in the device's memory, from which {@link #steps} takes them.
     *
     * @param mostSteps of one call, at least 1
     * @throws IllegalArgumentException as {@link #open} does, or for a set of more than {@value #MOST_RESIDENT} values
     */
    public static TrainingSession resident(
            Network network, Hyperparameters hyperparameters, long seed, ImageSource set, int mostSteps) {
        if (!canReside(network.input(), set.count())) {
            throw new IllegalArgumentException("the set has %d images of %s, must have at most %d values in all"
                    .formatted(set.count(), network.input(), MOST_RESIDENT));
        }
        TrainingSession opened = open(
                network,
                hyperparameters,
                seed,
                graph -> TrainingGraph.resident(graph, network, hyperparameters, seed, set.count(), mostSteps));
        try {
            ResidentTensors.fill(opened.session, opened.operations.resident().orElseThrow(), set, network.input());
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Whether a set of images is small enough to be kept by {@link #resident}. */
    public static boolean canReside(ImageShape input, int count) {
        return input.size() * count <= MOST_RESIDENT;
    }

    private static TrainingSession open(
            Network network, Hyperparameters hyperparameters, long seed, Function<Graph, TrainingGraph> build) {
        hyperparameters.precision().requireSupport(RuntimeEnvironment::detect);
        Graph graph = new Graph();
        Session session = new Session(graph, hyperparameters.precision().sessionConfig());
        try {
            var operations = build.apply(graph);
            var opened = new TrainingSession(network, hyperparameters.descent(), graph, session, operations);
            session.initialize();
            List<NamedTensor> firstWeights = firstWeights(network, hyperparameters.firstWeights(), seed);
            opened.assign(operations.weights(), firstWeights);
            opened.assign(operations.scored(), firstWeights);
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
     * @param stepNumber within the run, at least 0; the learning rate and all random numbers depend on it
     * @return the batch's figures before the update; the caller must check that the loss is finite
     * @throws IllegalArgumentException for sizes that disagree, or a label out of range
     * @throws IllegalStateException when the session keeps its images
     */
    public StepOutcome step(float[] images, int[] labels, long stepNumber) {
        Session.Runner runner = runner(images, labels, stepNumber);
        long started = System.nanoTime();
        try (Result result = runner.run()) {
            nanosInGraph += System.nanoTime() - started;
            return new StepOutcome(((TFloat32) result.get(0)).getFloat(), ((TInt32) result.get(1)).getInt());
        }
    }

    /** How many steps {@link #steps} makes at most in one call; 0 when the session keeps no set of images. */
    public int residentSteps() {
        return operations.resident().isPresent() ? operations.trainings().size() : 0;
    }

    /**
     * Makes several steps in one call, on images of the set that the session keeps; each as {@link #step} would make it.
     *
     * @param images indices into the set: those of the first step's batch, then those of the next one's
     * @param steps at least 1, at most those that the session was opened for
     * @param firstStep the first step's number
     * @return the batches' figures, each before its own update
     * @throws IllegalArgumentException for images that aren't as many for each step
     * @throws IllegalStateException when the session keeps no set
     */
    public List<StepOutcome> steps(int[] images, int steps, long firstStep) {
        ResidentFeeds resident = operations
                .resident()
                .orElseThrow(() -> new IllegalStateException("the session keeps no set of images"));
        if (steps < 1 || steps > operations.trainings().size() || images.length == 0 || images.length % steps != 0) {
            throw new IllegalArgumentException("%d steps can't share %d images; there are 1 to %d steps a call"
                    .formatted(steps, images.length, operations.trainings().size()));
        }
        List<TrainingGraph.Training> made = operations.trainings().subList(0, steps);
        try (ResidentTensors.Call call = ResidentTensors.Call.of(images, steps, firstStep, descent)) {
            Session.Runner runner = call.feed(session.runner(), resident)
                    .addTarget(made.getLast().update());
            made.forEach(step -> runner.fetch(step.meanLoss()).fetch(step.correct()));
            long started = System.nanoTime();
            try (Result result = runner.run()) {
                nanosInGraph += System.nanoTime() - started;
                return IntStream.range(0, steps)
                        .mapToObj(i -> new StepOutcome(
                                ((TFloat32) result.get(2 * i)).getFloat(), ((TInt32) result.get(2 * i + 1)).getInt()))
                        .toList();
            }
        }
    }

    /**
     * Makes one step as {@link #step} does, and returns how long each operation took. Tracing slows it.
     *
     * @throws IllegalArgumentException as {@link #step} does
     */
    public StepProfile profile(float[] images, int[] labels, long stepNumber) {
        var everything = RunOptions.newBuilder()
                .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                .build();
        try (Result result =
                runner(images, labels, stepNumber).setOptions(everything).runAndFetchMetadata()) {
            return StepProfile.of(result.getMetadata().orElseThrow());
        }
    }

    /** The time that all calls of {@link #step} spent in TensorFlow; the rest was spent on feeding it. */
    public Duration timeInGraph() {
        return Duration.ofNanos(nanosInGraph);
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

    /** The learning rate of a step. */
    public double learningRate(long stepNumber) {
        return descent.schedule().rate(stepNumber);
    }

    /** The whole graph, backward pass included, without weights. */
    public GraphDef graphDefinition() {
        return graph.toGraphDef();
    }

    /** A copy of the state that later steps depend on: the weights, the optimizer's state, and the averages. */
    public Checkpoint capture() {
        return new Checkpoint(read(operations.state()));
    }

    /** A copy of what is scored and exported: the weights' averages if the session keeps them, else the weights. */
    public Weights weights() {
        List<NamedTensor> values = read(operations.scored());
        return new Weights(IntStream.range(0, values.size())
                .mapToObj(i -> values.get(i).named(operations.state().get(i).name()))
                .toList());
    }

    /**
     * Restores a captured state.
     *
     * @throws UnusableCheckpointException when it isn't this network's and optimizer's; the state is unchanged
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
        assign(
                operations.state(),
                operations.state().stream()
                        .map(variable -> checkpoint.required(variable.name(), variable.dimensions()))
                        .toList());
    }

    /**
     * Replaces the initial weights, and averages, by another session's. The optimizer's state stays initial.
     *
     * @throws UnusableCheckpointException when it lacks a weight of this network, or has one of another shape; the state
     *     is unchanged
     */
    public void begin(Checkpoint other) {
        List<NamedTensor> values = network.weights().stream()
                .map(weight -> other.required(weight.name(), weight.dimensions()))
                .toList();
        assign(operations.weights(), values);
        assign(operations.scored(), values);
    }

    @Override
    public void close() {
        batch.close();
        step.close();
        session.close();
        graph.close();
    }

    private Session.Runner runner(float[] images, int[] labels, long stepNumber) {
        if (operations.resident().isPresent()) {
            throw new IllegalStateException("the session keeps its images: its steps take no others");
        }
        if (stepNumber < 0) {
            throw new IllegalArgumentException("stepNumber must be at least 0, not " + stepNumber);
        }
        var training = operations.training();
        return step.feed(feed(images, labels), operations.feeds(), descent, stepNumber)
                .addTarget(training.update())
                .fetch(training.meanLoss())
                .fetch(training.correct());
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

    private static List<NamedTensor> firstWeights(Network network, FirstWeights rules, long seed) {
        return network.weights().stream()
                .map(weight -> new NamedTensor(
                        weight.name(), weight.dimensions(), FloatBuffer.wrap(rules.values(weight, seed))))
                .toList();
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

    /** Sets variables, one for each value. */
    private void assign(List<StateVariable> variables, List<NamedTensor> values) {
        Session.Runner runner = session.runner();
        List<Tensor> natives = new ArrayList<>();
        try {
            for (int i = 0; i < values.size(); i++) {
                StateVariable variable = variables.get(i);
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
