package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.ELU;
import static io.catwalk.network.layer.Activation.GELU;
import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static io.catwalk.network.layer.Activation.RELU6;
import static io.catwalk.network.layer.Activation.SIGMOID;
import static io.catwalk.network.layer.Activation.SWISH;
import static io.catwalk.network.layer.Activation.TANH;
import static io.catwalk.network.layer.Padding.SAME;
import static io.catwalk.network.layer.Padding.VALID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.initializer.FirstWeights;
import io.catwalk.network.initializer.Initializer;
import io.catwalk.network.initializer.SplitMix64;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.AveragePool;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.DepthwiseConv2d;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.WeightSpec;
import io.catwalk.network.layer.Window;
import io.catwalk.network.optimizer.Sgd;
import io.catwalk.network.schedule.Constant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Loss, gradients and running figures of each layer against {@link Float64Network}. Plain descent with a learning rate of
 * 1 shows the gradient: it is what a step takes away.
 */
class LayersReferenceTest {
    private static final ImageShape INPUT = new ImageShape(5, 6, 2);
    private static final int CLASSES = 3;
    private static final int BATCH = 4;
    private static final Hyperparameters PLAIN = new Hyperparameters(
            new Descent(new Sgd(0, false), new Constant(1)),
            new FirstWeights(Initializer.GLOROT_UNIFORM, Initializer.GLOROT_UNIFORM),
            Regularisation.none(),
            Precision.FLOAT32);

    static Stream<Network> networks() {
        Layer even = new Conv2d(4, new Window(3, 2, SAME), true, LINEAR);
        return Stream.of(
                images("conv stride 2 valid", new Conv2d(3, new Window(3, 2, VALID), true, RELU)),
                images("conv stride 2 same, no bias", new Conv2d(3, new Window(2, 2, SAME), false, TANH)),
                images("depthwise same", new DepthwiseConv2d(2, Window.same(3), true, LINEAR)),
                images("depthwise valid stride 2", new DepthwiseConv2d(1, new Window(2, 2, VALID), false, RELU)),
                images("max pool valid", new Conv2d(3, 3, ELU), new MaxPool(new Window(3, 2, VALID))),
                images(
                        "bias before a pool that overlaps",
                        new Conv2d(3, 3, RELU),
                        new MaxPool(new Window(3, 2, VALID))),
                images(
                        "bias before a pool with gaps",
                        new DepthwiseConv2d(2, Window.same(3), true, LINEAR),
                        new MaxPool(1, 3)),
                images("average pool same", new Conv2d(3, 3, SWISH), new AveragePool(3, 2)),
                images("average pool valid", new AveragePool(new Window(2, 1, VALID)), new Conv2d(2, 1, GELU)),
                images("depthwise same stride 2", new DepthwiseConv2d(3, new Window(3, 2, SAME), false, LINEAR)),
                images("stride beyond the window", new AveragePool(1, 2), new Conv2d(3, 3, TANH), new MaxPool(1, 3)),
                images("separable", new DepthwiseConv2d(1, Window.same(3), false, LINEAR), new Conv2d(4, 1, ELU)),
                images("batch norm", Conv2d.bare(3, Window.same(3)), new BatchNorm(0.8f, 1e-3f), activation(RELU)),
                images(
                        "pool before norm",
                        new Conv2d(3, 3, LINEAR),
                        new MaxPool(2, 2),
                        new BatchNorm(),
                        activation(RELU6)),
                images("identity block", new ResidualBlock(List.of(new Conv2d(2, 3, RELU), new BatchNorm()), RELU)),
                images("projected block", new ResidualBlock(List.of(even, new BatchNorm()), LINEAR)),
                new Network(
                        "global pool",
                        INPUT,
                        CLASSES,
                        List.of(new Conv2d(4, 3, SIGMOID), new GlobalAveragePool(), new Dense(CLASSES, LINEAR))),
                new Network(
                        "norm of vectors",
                        INPUT,
                        CLASSES,
                        List.of(
                                new Flatten(),
                                new Dense(5, TANH),
                                new BatchNorm(0.9f, 1e-2f),
                                activation(GELU),
                                new Dense(CLASSES, LINEAR))));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void lossGradientsAndRunningStatisticsAgreeWithDoubleArithmetic(Network network) {
        float[] images = Samples.images(network, BATCH, 1);
        int[] labels = Samples.labels(network, BATCH, 1);
        try (TrainingSession session = TrainingSession.open(network, PLAIN, 3)) {
            session.restore(unlikeTheFirst(session.capture()));
            Float64Network reference = new Float64Network(network, session.capture());
            double loss = reference.trainingLoss(images, labels, 0);
            Map<String, double[]> gradients = reference.gradients(images, labels, 0);
            Map<String, double[]> runningFigures = reference.runningFigures(images, BATCH);

            assertThat(session.score(images, labels).loss())
                    .isCloseTo(reference.scoringLoss(images, labels), within(1e-5));
            assertThat((double) session.step(images, labels, 0).loss()).isCloseTo(loss, within(1e-5));

            Checkpoint after = session.capture();
            for (WeightSpec weight : network.weights()) {
                double[] before = reference.weights().get(weight.name());
                double[] expected = weight.role().isTrained()
                        ? less(before, gradients.get(weight.name()))
                        : runningFigures.get(weight.name());
                assertThat(expected).as(weight.name()).isNotEqualTo(before);
                assertThat(doubles(after.required(weight.name(), weight.dimensions())))
                        .as(weight.name())
                        .containsExactly(expected, within(3e-5));
            }
        }
    }

    private static ActivationLayer activation(Activation activation) {
        return new ActivationLayer(activation);
    }

    private static Network images(String name, Layer... layers) {
        Stream<Layer> all = Stream.concat(Stream.of(layers), Stream.of(new Flatten(), new Dense(CLASSES, LINEAR)));
        return new Network(name, INPUT, CLASSES, all.toList());
    }

    /** Random values in place of the ones and zeros that normalisations begin with. */
    private static Checkpoint unlikeTheFirst(Checkpoint first) {
        return new Checkpoint(first.tensors().stream()
                .map(tensor -> {
                    float[] values = tensor.toArray();
                    long key = SplitMix64.key(8, tensor.name());
                    for (int i = 0; i < values.length && tensor.name().contains("batch_norm"); i++) {
                        values[i] = 0.5f + SplitMix64.unit(key, i);
                    }
                    return new NamedTensor(tensor.name(), tensor.dimensions(), FloatBuffer.wrap(values));
                })
                .toList());
    }

    private static double[] less(double[] values, double[] subtrahend) {
        double[] less = new double[values.length];
        for (int i = 0; i < less.length; i++) {
            less[i] = values[i] - subtrahend[i];
        }
        return less;
    }

    private static double[] doubles(NamedTensor tensor) {
        float[] values = tensor.toArray();
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
