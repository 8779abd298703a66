package io.catwalk.network.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.PlacedLayer;
import org.junit.jupiter.api.Test;

class PresetsTest {
    private static final ImageShape FASHION = new ImageShape(28, 28, 1);

    @Test
    void tutorialCnnHasTheTutorialsParametersAndShapes() {
        Network network = new TutorialCnn().network(FASHION, 10);

        assertThat(NetworkSummary.of(network).parameters()).isEqualTo(356_234);
        assertThat(network.placedLayers())
                .extracting(PlacedLayer::output)
                .map(Object::toString)
                .containsExactly(
                        "28x28x32", "14x14x32", "14x14x64", "7x7x64", "7x7x128", "4x4x128", "2048", "128", "10");
    }

    @Test
    void dropoutAddsNoParameter() {
        assertThat(NetworkSummary.of(new TutorialCnnDropout().network(FASHION, 10))
                        .parameters())
                .isEqualTo(356_234);
    }

    @Test
    void findsEachPresetByItsName() {
        assertThat(Presets.names()).containsExactly("tutorial-cnn", "tutorial-cnn-dropout");
        assertThat(Presets.names())
                .allSatisfy(name -> assertThat(Presets.named(name))
                        .map(preset -> preset.network(FASHION, 10).name())
                        .contains(name));
        assertThat(Presets.named("resnet")).isEmpty();
    }

    @Test
    void takesOtherImagesAndClasses() {
        ImageShape colour = new ImageShape(32, 24, 3);
        assertThat(Presets.names())
                .allSatisfy(name -> assertThat(Presets.named(name)
                                .orElseThrow()
                                .network(colour, 3)
                                .classes())
                        .isEqualTo(3));
    }
}
