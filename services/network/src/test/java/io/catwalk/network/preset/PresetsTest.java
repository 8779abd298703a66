package io.catwalk.network.preset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;

import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.layer.PlacedLayer;
import io.catwalk.network.schedule.Schedule;
import io.catwalk.network.training.Hyperparameters;
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

    /** He et al. 2016 count 0.27 million parameters and 6n + 2 = 20 layers with weights, two projections beside. */
    @Test
    void resnetReHasTheSizeOfResNet20() {
        Network network = new ResnetRe().network(FASHION, 10);

        assertThat(NetworkSummary.of(network).trained()).isBetween(270_000L, 280_000L);
        assertThat(network.weights().stream().filter(weight -> weight.role().isKernel()))
                .hasSize(20 + 2);
    }

    /** By hand: convolutions 432 + 41,472 + 82,944 + 165,888 + 331,776, normalisations 1,248, dense 1,930. */
    @Test
    void regularisedCnnHasItsSize() {
        NetworkSummary summary = NetworkSummary.of(new RegularisedCnn().network(FASHION, 10));

        assertThat(summary.trained()).isEqualTo(625_690);
        assertThat(summary.multiplyAdds()).isEqualTo(49_111_680);
    }

    /** By hand: convolutions 648 + 10,368 + 2 x 20,736 + 41,472 + 165,888 + 2 x 331,776, normalisations 1,680, dense 1,930. */
    @Test
    void resnetColourHasItsSizeAndHalvesLargePicturesFirst() {
        NetworkSummary small = NetworkSummary.of(new ResnetColour().network(new ImageShape(32, 32, 3), 10));
        NetworkSummary large = NetworkSummary.of(new ResnetColour().network(new ImageShape(64, 64, 3), 10));

        assertThat(small.trained()).isEqualTo(927_010);
        assertThat(large.trained()).isEqualTo(small.trained());
        assertThat(large.multiplyAdds()).isEqualTo(small.multiplyAdds());
    }

    @Test
    void tutorialsAreTrainedAsTheTutorialDoes() {
        assertThat(Presets.named("tutorial-cnn").orElseThrow().recipe()).isEqualTo(new Recipe(200, 128, 1e-3, false));
        assertThat(Presets.named("tutorial-cnn").orElseThrow().hyperparameters(1e-3, 10))
                .isEqualTo(Hyperparameters.tutorial());
    }

    @Test
    void schedulesEndWithTheRun() {
        for (long steps : new long[] {2, 19, 20, 1000, 12_870}) {
            for (String name : Presets.names().subList(2, 5)) {
                Schedule schedule = Presets.named(name)
                        .orElseThrow()
                        .hyperparameters(0.1, steps)
                        .descent()
                        .schedule();
                assertThat(LongStream.range(0, steps).mapToDouble(schedule::rate))
                        .allMatch(rate -> rate > 0 && rate <= 0.1);
                assertThat(schedule.rate(steps))
                        .isLessThanOrEqualTo(1e-4)
                        .isLessThanOrEqualTo(schedule.rate(steps - 1));
            }
        }
    }

    @Test
    void findsEachPresetByItsName() {
        assertThat(Presets.names())
                .containsExactly(
                        "tutorial-cnn", "tutorial-cnn-dropout", "regularised-cnn", "resnet-re", "resnet-colour");
        assertThat(Presets.names())
                .allSatisfy(name -> assertThat(Presets.named(name))
                        .map(preset -> preset.network(FASHION, 10).name())
                        .contains(name));
        assertThat(Presets.named("resnet")).isEmpty();
    }

    @Test
    void supportsOtherImagesAndClasses() {
        ImageShape colour = new ImageShape(32, 24, 3);
        assertThat(Presets.names())
                .allSatisfy(name -> assertThat(Presets.named(name)
                                .orElseThrow()
                                .network(colour, 3)
                                .classes())
                        .isEqualTo(3));
    }
}
