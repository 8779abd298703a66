package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;

class PackageTest {
    private static final Path TARGET = Path.of("target").toAbsolutePath();

    @Test
    void isPackagedUnderItsVersion() throws IOException {
        new Helm(Chart.FOLDER).packageIt().withDestination(TARGET).call();

        try (var files = Files.list(TARGET)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".tgz")))
                    .containsExactlyElementsOf(List.of("catwalk-" + version() + ".tgz"));
        }
    }

    private static String version() throws IOException {
        return Tree.of(Chart.yaml().load(Files.readString(Chart.FOLDER.resolve("Chart.yaml"))))
                .at("version")
                .text();
    }
}
