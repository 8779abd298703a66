package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class DemoMainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs | 0 | --epochs is 0, must be a whole number from 1 to 10000",
                "--epochs | ten | Invalid value for option '--epochs': 'ten' is not an int",
                "--network | a b | --network is a b, must match [a-z0-9][a-z0-9._-]{0,62}",
                "--netwrok | x | Unknown options: '--netwrok', 'x'"
            })
    void wrongOptionsAreNamed(String name, String value, String message) {
        assertThatThrownBy(() -> new CommandLine(new DemoMain()).parseArgs(name, value))
                .isInstanceOf(ParameterException.class)
                .hasMessage(message);
    }

    @Test
    void theHelpNamesEachOptionWithItsLimitsAndDefault() {
        assertThat(new CommandLine(new DemoMain()).getUsageMessage())
                .contains(
                        "--epochs=N", "From 1 to 10000; 5 by default", "--network=PRESET", "tutorial-cnn", "--data=DIR")
                .contains("PORT_BASE");
    }
}
