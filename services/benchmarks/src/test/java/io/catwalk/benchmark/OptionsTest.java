package io.catwalk.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumSet;

import io.catwalk.benchmark.step.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

class OptionsTest {
    @Test
    void measuresAllButGrowthByDefault() {
        Options options = parse();

        assertThat(options.parts())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(
                        EnumSet.of(Part.DRIFT, Part.MODELS, Part.COLOUR, Part.ACCESS, Part.GROWTH)));
        assertThat(options.peers()).containsExactly(Peer.values());
        assertThat(options.targets()).containsExactly(90);
        assertThat(options.epochs()).isEqualTo(5);
        assertThat(options.rounds()).isEqualTo(9);
    }

    @Test
    void splitsListsAtBlanksAndCommasAndSortsThem() {
        Options options = parse("--parts", "pipeline steps,", "--peers", "keras,djl", "--targets", "90, 92");

        assertThat(options.parts()).containsExactly(Part.STEPS, Part.PIPELINE);
        assertThat(options.peers()).containsExactly(Peer.DJL, Peer.KERAS);
        assertThat(options.targets()).containsExactly(90, 92);
    }

    @Test
    void anEmptyListSelectsNothing() {
        assertThat(parse("--peers", ",").peers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--parts | stairs | Invalid value for option '--parts' (PART): expected one of [STEPS, PROFILE, ACCURACY, PRECISION, PIPELINE, SERVING, DRIFT, MODELS, COLOUR, ACCESS, GROWTH] (case-insensitive) but was 'stairs'",
                "--targets | 90 100 | --targets is 100, must be a whole number from 50 to 99",
                "--rounds | 0 | --rounds is 0, must be a whole number from 1 to 99",
                "--epochs | 1 | --epochs is 1, must be a whole number from 2 to 100",
                "--scale | 501 | --scale is 501, must be a whole number from 1 to 500",
                "--colour | red | Unknown options: '--colour', 'red'"
            })
    void refusesInvalidOptions(String name, String value, String message) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> parse(name, value))
                .withMessage(message);
    }

    private static Options parse(String... words) {
        BenchMain bench = new BenchMain();
        bench.commandLine().parseArgs(words);
        return bench.options;
    }
}
