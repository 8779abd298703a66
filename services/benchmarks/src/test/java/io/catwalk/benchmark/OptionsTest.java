package io.catwalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;

import io.catwalk.benchmark.step.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void measuresAllButGrowthByDefault() {
        Options options = Options.parse(List.of());

        assertThat(options.parts()).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Part.GROWTH)));
        assertThat(options.peers()).containsExactly(Peer.values());
        assertThat(options.targets()).containsExactly(90);
        assertThat(options.epochs()).isEqualTo(5);
        assertThat(options.rounds()).isEqualTo(9);
    }

    @Test
    void splitsListsAtBlanksAndCommasAndSortsThem() {
        Options options =
                Options.parse(List.of("--parts", "pipeline steps", "--peers", "keras,djl", "--targets", "90, 92"));

        assertThat(options.parts()).containsExactly(Part.STEPS, Part.PIPELINE);
        assertThat(options.peers()).containsExactly(Peer.DJL, Peer.KERAS);
        assertThat(options.targets()).containsExactly(90, 92);
    }

    @Test
    void anEmptyListSelectsNothing() {
        assertThat(Options.parse(List.of("--peers", "")).peers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--parts | stairs | --parts has stairs, must be of steps, profile, accuracy, precision, pipeline, growth",
                "--targets | 90 100 | --targets is 100, must be a whole number from 50 to 99",
                "--rounds | 0 | --rounds is 0, must be a whole number from 1 to 99",
                "--epochs | 1 | --epochs is 1, must be a whole number from 2 to 100",
                "--colour | red | unknown argument --colour; known are --data, --epochs, --parts, --peers, --rounds, --targets"
            })
    void refusesInvalidOptions(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of(name, value)))
                .withMessage(message);
    }
}
