package io.catwalk.network;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;

import io.catwalk.network.layer.Conv2d;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Dropout;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.Layer;
import io.catwalk.network.layer.MaxPool;
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
                .withMessage("network n, layer 2 (dense_1): needs a vector, but gets an image of 7x5x4: put a Flatten"
                        + " before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new MaxPool(2, 2), new Dense(10, LINEAR)))
                .withMessage("network n, layer 2 (max_pool_1): needs an image, but gets a vector of 105: put it before"
                        + " the Flatten");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Flatten(), new Dense(10, LINEAR)))
                .withMessageContaining("layer 2 (flatten_2)");
    }

    @Test
    void refusesWeightsThatNoArrayHolds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> network(new Flatten(), new Dense(2_000_000_000, RELU), new Dense(10, LINEAR)))
                .withMessageContaining("layer 2 (dense_1): kernel can't hold more than 2147483647 values");
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
        assertThatIllegalArgumentException().isThrownBy(() -> new MaxPool(0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new MaxPool(1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dense(0, RELU));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(-0.1f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Dropout(Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new ImageShape(0, 1, 1));
    }

    private static Network network(Layer... layers) {
        return new Network("n", INPUT, 10, List.of(layers));
    }
}
