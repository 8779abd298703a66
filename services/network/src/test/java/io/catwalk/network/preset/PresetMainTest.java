package io.catwalk.network.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PresetMainTest {
    @Test
    void showsLayersForTheGivenImages() {
        assertThat(PresetMain.table("tutorial-cnn", "28x28x1", "10"))
                .contains("max_pool_3")
                .contains("4x4x128")
                .contains("356,234");
        assertThat(PresetMain.table("tutorial-cnn", "32x32x3", "3")).contains("tutorial-cnn on 32x32x3");
    }

    @Test
    void reportsInvalidArguments() {
        assertThatThrownBy(() -> PresetMain.table("lenet", "28x28x1", "10"))
                .hasMessage(
                        "network is lenet, must be one of tutorial-cnn, tutorial-cnn-dropout, regularised-cnn, resnet-re, resnet-colour");
        assertThatThrownBy(() -> PresetMain.table("resnet-re", "28x28", "10"))
                .hasMessage("image is 28x28, must be height, width and channels as 28x28x1");
        assertThatThrownBy(() -> PresetMain.table("resnet-re", "28x28x1", "ten"))
                .hasMessage("classes is ten, must be a whole number");
    }
}
