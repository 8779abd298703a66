package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoMainTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs | 0 | --epochs is 0, must be 1 to 10000",
                "--epochs | ten | Invalid value for option '--epochs': 'ten' is not an int",
                "--network | a b | --network is \"a b\", must match [a-z0-9]",
                "--netwrok | x | Unknown options: '--netwrok', 'x'"
            })
    void wrongOptionsAreNamed(String name, String value, String message) {
        StringWriter errors = new StringWriter();

        assertThat(new CommandLine(new DemoMain())
                        .setErr(new PrintWriter(errors))
                        .execute(name, value))
                .isEqualTo(2);
        assertThat(errors.toString()).startsWith(message).contains("--network");
    }
}
