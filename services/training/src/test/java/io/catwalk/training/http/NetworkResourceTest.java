package io.catwalk.training.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.BadEventException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotFoundException;
import org.junit.jupiter.api.Test;

class NetworkResourceTest {
    private final NetworkResource networks = new NetworkResource();

    @Test
    void listsPresetsWithTheirRecipes() {
        assertThat(networks.all().getFirst().name()).isEqualTo("tutorial-cnn");
        assertThat(networks.all().getFirst().recipe().epochs()).isEqualTo(200);
    }

    @Test
    void showsAPreset() {
        assertThat(networks.one("tutorial-cnn", "28x28x1", "10")).contains("356,234");
        assertThatThrownBy(() -> networks.one("lenet", "28x28x1", "10"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageStartingWith("no preset is named lenet, there are tutorial-cnn");
        assertThatThrownBy(() -> networks.one("tutorial-cnn", "28x28", "10")).isInstanceOf(BadInputException.class);
        assertThatThrownBy(() -> networks.one("tutorial-cnn", "28x28x1", "x"))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("classes is \"x\", must be 2 to 65536");
    }

    /** Every kind of layer, in the words of a request. */
    @Test
    void showsTheLayersOfARequest() {
        String table = ofRequest("""
                {"layers": [
                  {"conv2d": {"filters": 8, "kernel": 5, "stride": 2, "padding": "valid", "bias": false}},
                  {"batchNorm": {}}, {"activation": {"function": "relu"}},
                  {"depthwiseConv2d": {"multiplier": 2}}, {"averagePool": {"size": 3, "stride": 1}}, {"maxPool": {}},
                  {"residualBlock": {"layers": [{"conv2d": {"filters": 32, "stride": 2}}], "activation": "relu"}},
                  {"dropout": {"rate": 0.5}}, {"globalAveragePool": {}}, {"dense": {"units": 4, "activation": "gelu"}},
                  {"dense": {"units": 3}}]}""");
        assertThat(table.lines().map(String::strip))
                .anySatisfy(line -> assertThat(line).matches("conv2d_1 +14x14x8 +600 +117,600"));
        assertThat(table)
                .contains("custom on 32x32x3")
                .contains("depthwise_conv2d_1")
                .contains("residual_block_1.shortcut.conv2d_1")
                .contains("dense_2");
    }

    @Test
    void saysWhichLayerDoesNotFit() {
        assertThatThrownBy(() -> ofRequest("{\"layers\": [{\"dense\": {\"units\": 3}}]}"))
                .isInstanceOf(BadInputException.class)
                .hasMessage(
                        "network custom, layer 1 (dense_1, on 32x32x3): needs a vector, but gets an image of 32x32x3: "
                                + "put a Flatten before it");
        assertThatThrownBy(() -> ofRequest("{\"layers\": [{\"dense\": {\"units\": 0}}]}"))
                .isInstanceOf(BadEventException.class)
                .hasMessage("layers[0].dense.units is 0, must be 1 to 65536");
    }

    private String ofRequest(String json) {
        return networks.ofRequest(json.getBytes(UTF_8), "32x32x3", "3");
    }
}
