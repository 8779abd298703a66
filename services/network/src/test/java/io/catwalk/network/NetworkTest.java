package io.catwalk.network;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;

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
import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.layer.ResidualBlock;
import io.catwalk.network.layer.Window;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final ImageShape INPUT = new ImageShape(7, 5, 3);

    @Test
    void placesLayersWithNamesAndShapes() {
        Network network = network(
                new Conv2d(4, 3, RELU),
                new MaxPool(2, 2),
                new Conv2d(6, 5, RELU),
                new MaxPool(3, 2),
                new Flatten(),
                new Dropout(0.5f),
                new Dense(10, LINEAR));

        assertThat(network.placedLayers())
                .extracting(PlacedLayer::name, layer -> layer.output().toString())
                .containsExactly(
                        tuple("conv2d_1", "7x5x4"),
                        tuple("max_pool_1", "4x3x4"),
                        tuple("conv2d_2", "4x3x6"),
                        tuple("max_pool_2", "2x2x6"),
                        tuple("flatten_1", "24"),
                        tuple("dropout_1", "24"),
                        tuple("dense_1", "10"));
    }

    @Test
    void namesWeightsInTheOrderOfTheLayers() {
        Network network = network(new Conv2d(4, 3, RELU), new Flatten(), new Dense(10, LINEAR));

        assertThat(network.weights())
                .extracting(weight -> weight.name() + weight.dimensions())
                .containsExactly(
                        "conv2d_1.kernel[3, 3, 3, 4]",
                        "conv2d_1.bias[4]",
                        "dense_1.kernel[140, 10]",
                        "dense_1.bias[10]");
    }

    @Test
    void namesTheLayerAndTheShapeThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Conv2d(4, 3, RELU), new Dense(10, LINEAR)))
                .withMessage(
                        "network n, layer 2 (dense_1, on 7x5x4): needs a vector, but gets an image of 7x5x4: put a Flatten"
                                + " before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new MaxPool(2, 2), new Dense(10, LINEAR)))
                .withMessage(
                        "network n, layer 2 (max_pool_1, on 105): needs an image, but gets a vector of 105: put it before"
                                + " the Flatten");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Flatten(), new Dense(10, LINEAR)))
                .withMessageContaining("layer 2 (flatten_2, on 105)");
    }

    @Test
    void refusesWeightsThatNoArrayHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Dense(2_000_000_000, RELU), new Dense(10, LINEAR)))
                .withMessageContaining("layer 2 (dense_1, on 105): kernel can't hold more than 2147483647 values");
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(65536, 65536, 1));
    }

    @Test
    void needsLogitsAtItsEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Dense(9, LINEAR)))
                .withMessageContaining("must be a Dense of 10 units without activation, not Dense[units=9");
        assertThatIllegalArgumentException().isThrownBy(() -> network(new Flatten(), new Dense(10, RELU)));
        assertThatIllegalArgumentException().isThrownBy(NetworkTest::network);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Network("n", INPUT, 1, List.of(new Flatten(), new Dense(1, LINEAR))))
                .withMessageContaining("classes must be at least 2, not 1");
    }

    @Test
    void layersRefuseValuesOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Conv2d(0, 3, RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new Conv2d(1, 0, RELU));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MaxPool(0, 1))
                .withMessage("a window's side and stride must be at least 1, not 0 and 1");
        assertThatIllegalArgumentException().isThrownBy(() -> new AveragePool(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DepthwiseConv2d(0, Window.same(3), true, RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchNorm(1, 1e-3f));
        assertThatIllegalArgumentException().isThrownBy(() -> new BatchNorm(0.9f, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResidualBlock(List.of(), RELU));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ResidualBlock(List.of(new ResidualBlock(List.of(new BatchNorm()), RELU)), RELU))
                .withMessage("a residual block can't hold another one");
        assertThatIllegalArgumentException().isThrownBy(() -> new MaxPool(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dense(0, RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(-0.1f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(0, 1, 1));
    }

    @Test
    void slidesWindowsWithStrideAndPadding() {
        Network network = network(
                new Conv2d(4, new Window(3, 2, Padding.VALID), true, RELU),
                new AveragePool(2, 2),
                new GlobalAveragePool(),
                new Dense(10, LINEAR));

        assertThat(network.placedLayers())
                .extracting(layer -> layer.output().toString())
                .containsExactly("3x2x4", "2x1x4", "4", "10");
        assertThat(network(
                                new DepthwiseConv2d(3, new Window(2, 3, Padding.SAME), false, RELU),
                                new MaxPool(new Window(2, 1, Padding.VALID)),
                                new Flatten(),
                                new Dense(10, LINEAR))
                        .placedLayers())
                .extracting(layer -> layer.output().toString())
                .containsExactly("3x2x9", "2x1x9", "18", "10");
    }

    @Test
    void namesABlocksWeightsAndProjectsWhereShapesDiffer() {
        Conv2d half = Conv2d.bare(6, new Window(3, 2, Padding.SAME));
        Network network = network(
                new ResidualBlock(List.of(Conv2d.bare(3, Window.same(3))), RELU),
                new ResidualBlock(List.of(half, new BatchNorm()), RELU),
                new Flatten(),
                new Dense(10, LINEAR));

        assertThat(network.placedLayers())
                .extracting(layer -> layer.output().toString())
                .containsExactly("7x5x3", "4x3x6", "72", "10");
        assertThat(network.weights())
                .extracting(weight -> weight.name() + weight.dimensions())
                .contains(
                        "residual_block_1.body.conv2d_1.kernel[3, 3, 3, 3]",
                        "residual_block_2.body.conv2d_1.kernel[3, 3, 3, 6]",
                        "residual_block_2.body.batch_norm_1.moving_variance[6]",
                        "residual_block_2.shortcut.conv2d_1.kernel[1, 1, 3, 6]",
                        "residual_block_2.shortcut.batch_norm_1.scale[6]")
                .doesNotContain("residual_block_1.shortcut.conv2d_1.kernel[1, 1, 3, 3]");
    }

    @Test
    void namesTheLayerWithinABlockThatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new ResidualBlock(
                        List.of(new Conv2d(3, 3, RELU), new MaxPool(new Window(9, 1, Padding.VALID))), RELU)))
                .withMessageContaining("the last layer must be a Dense");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(
                        new ResidualBlock(
                                List.of(new Conv2d(3, 3, RELU), new MaxPool(new Window(9, 1, Padding.VALID))), RELU),
                        new Flatten(),
                        new Dense(10, LINEAR)))
                .withMessage("network n, layer 1 (residual_block_1, on 7x5x3): layer 2 (max_pool_1, on 7x5x3): the"
                        + " window's side is 9, must be at most 5 with padding VALID on 7x5x3");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        network(new ResidualBlock(List.of(new Flatten()), RELU), new Flatten(), new Dense(10, LINEAR)))
                .withMessageContaining("its layers turn an image of 7x5x3 into a vector of 105, must keep it an image");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(
                        new ResidualBlock(List.of(new Conv2d(3, new Window(3, 1, Padding.VALID), true, RELU)), RELU),
                        new Flatten(),
                        new Dense(10, LINEAR)))
                .withMessageContaining("its layers turn an image of 7x5x3 into one of 5x3x3, which no stride");
    }

    @Test
    void refusesMoreParametersThanACheckpointHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Dense(1_000_000, RELU), new Dense(10, LINEAR)))
                .withMessage("network n has 116000010 parameters, must have at most 100000000");
    }

    private static Network network(Layer... layers) {
        return new Network("n", INPUT, 10, List.of(layers));
    }
}
