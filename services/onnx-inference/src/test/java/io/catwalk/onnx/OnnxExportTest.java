package io.catwalk.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.catwalk.network.Network;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.layer.Activation;
import io.catwalk.network.layer.ActivationLayer;
import io.catwalk.network.layer.AveragePool;
import io.catwalk.network.layer.BatchNorm;
import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.DepthwiseConv2d;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.GlobalAveragePool;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.MaxPool;
import io.catwalk.network.layer.Padding;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;
import io.catwalk.network.preset.Presets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An exported network gives TensorFlow's answers in ONNX Runtime. */
class OnnxExportTest {
    private static final int CLASSES = 4;

    static Stream<Network> networks() {
        return Stream.concat(
                Stream.concat(
                        Stream.of(EVERY_KIND, VECTORS),
                        Stream.of(Activation.values()).map(OnnxExportTest::withActivation)),
                Presets.names().stream()
                        .map(name -> Presets.named(name).orElseThrow().network(new ImageShape(28, 28, 1), 10)));
    }

    private static final Network EVERY_KIND = new Network(
            "every-kind",
            new ImageShape(13, 10, 3),
            CLASSES,
            List.of(
                    Conv2d.bare(8, Window.same(3)),
                    new MaxPool(2, 2),
                    new BatchNorm(0.9f, 1e-3f),
                    new ActivationLayer(Activation.RELU),
                    new ResidualBlock(
                            List.of(
                                    new DepthwiseConv2d(2, new Window(3, 2, Padding.SAME), true, Activation.SWISH),
                                    new Dropout(0.1f),
                                    Conv2d.bare(12, Window.same(1)),
                                    new BatchNorm()),
                            Activation.RELU),
                    new ResidualBlock(List.of(new Conv2d(12, 3, Activation.TANH)), Activation.ELU),
                    new AveragePool(2, 1),
                    new Conv2d(6, new Window(2, 1, Padding.VALID), true, Activation.GELU),
                    new GlobalAveragePool(),
                    new Dense(CLASSES, Activation.LINEAR)));

    /** Layers that depend on the order of a flattened image's values. */
    private static final Network VECTORS = new Network(
            "vectors",
            new ImageShape(5, 4, 3),
            CLASSES,
            List.of(
                    new Conv2d(7, 2, Activation.RELU),
                    new Flatten(),
                    new BatchNorm(),
                    new Dropout(0.5f),
                    new Dense(9, Activation.RELU6),
                    new BatchNorm(),
                    new Dense(CLASSES, Activation.LINEAR)));

    private static Network withActivation(Activation activation) {
        return new Network(
                "with-" + activation,
                new ImageShape(6, 6, 1),
                CLASSES,
                List.of(
                        new Conv2d(4, 3, activation),
                        new Flatten(),
                        new Dense(8, activation),
                        new ActivationLayer(activation),
                        new Dense(CLASSES, Activation.LINEAR)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void givesTheAnswersOfTensorFlow(Network network) throws IOException {
        requireEqual(network, 1);
    }

    @Test
    void everyKindOfLayerIsTried() {
        Set<Class<?>> tried = networks()
                .flatMap(network -> network.layers().stream())
                .flatMap(layer -> layer instanceof ResidualBlock block
                        ? Stream.concat(Stream.of(block), block.layers().stream())
                        : Stream.of(layer))
                .map(Object::getClass)
                .collect(Collectors.toSet());
        assertThat(tried).containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    }

    @Property(tries = 60)
    void windowsOfAnySizeFallWhereTensorFlowsDo(
            @ForAll("windows") Window window,
            @ForAll @IntRange(min = 7, max = 15) int height,
            @ForAll @IntRange(min = 7, max = 15) int width,
            @ForAll @IntRange(min = 1, max = 3) int channels,
            @ForAll long seed)
            throws IOException {
        Layer slid = List.of(
                        // No RELU: with a single position per image it may be zero for every image.
                        new Conv2d(3, window, true, Activation.LINEAR),
                        new DepthwiseConv2d(2, window, false, Activation.LINEAR),
                        new MaxPool(window),
                        new AveragePool(window))
                .get(Math.floorMod(seed, 4));
        List<Layer> layers = List.of(slid, new Flatten(), new Dense(CLASSES, Activation.LINEAR));
        requireEqual(new Network("window", new ImageShape(height, width, channels), CLASSES, layers), seed);
    }

    @Provide
    Arbitrary<Window> windows() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 7),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Padding.class))
                .as(Window::new);
    }

    @Test
    void equalNetworksAndWeightsGiveEqualBytes() {
        assertThat(OnnxExport.model(VECTORS, BothEngines.weights(VECTORS, 3)))
                .isEqualTo(OnnxExport.model(VECTORS, BothEngines.weights(VECTORS, 3)));
    }

    @Test
    void refusesTheWeightsOfAnotherNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExport.model(VECTORS, BothEngines.weights(EVERY_KIND, 3)))
                .withMessageStartingWith("network vectors has the weights [conv2d_1.kernel[2, 2, 3, 7], ");
    }

    private static void requireEqual(Network network, long seed) throws IOException {
        int count = 5;
        try (BothEngines engines = BothEngines.of(network, seed)) {
            float[] images = engines.images(count, seed);
            assertThat(engines.onnx().signature())
                    .isEqualTo(engines.tensorFlow().signature());
            float[] expected = engines.tensorFlow().logits(images, count);
            assertThat(engines.onnx().logits(images, count)).containsExactly(expected, within(1e-4f));
            assertThat(engines.onnx().probabilities(images, count))
                    .containsExactly(engines.tensorFlow().probabilities(images, count), within(1e-5f));
            // An equal answer for each image would show nothing.
            assertThat(Arrays.copyOf(expected, network.classes()))
                    .isNotEqualTo(Arrays.copyOfRange(expected, network.classes(), 2 * network.classes()));
        }
    }
}
