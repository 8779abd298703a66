package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

/** The chart's README agrees with values.yaml; {@code make chart} updates it. */
class ReadmeTest {
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final String BEGIN = "<!-- values: written by make chart -->\n";

    @Test
    void listsTheValues() throws IOException {
        String table = ValuesTable.of(Files.readString(Chart.FOLDER.resolve("values.yaml")));
        String written = Files.readString(README);
        String expected = written.substring(0, written.indexOf(BEGIN) + BEGIN.length()) + "\n" + table;
        if (Boolean.getBoolean("chart.readme.write")) {
            Files.writeString(README, expected);
        } else {
            assertThat(written).as("run `make chart`").isEqualTo(expected);
        }
    }
}
