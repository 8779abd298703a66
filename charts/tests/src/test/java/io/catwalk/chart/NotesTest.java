package io.catwalk.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The notes printed after an install can be pasted block by block. */
class NotesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void commandsAreSoundShell(ValueSet set) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-n", "-c", String.join("\n", commands(set)))
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).as(said).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nothingAsksBeforeThePortIsForwarded(ValueSet set) {
        List<String> commands = commands(set);

        assertThat(commands)
                .filteredOn(line -> line.contains("curl"))
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.contains("--retry-connrefused"));
        assertThat(commands)
                .filteredOn(line -> line.contains("port-forward"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(">/dev/null &"));
    }

    @Test
    void allTrainersAreFollowed() {
        assertThat(commands(ValueSet.EXTERNAL))
                .anyMatch(line -> line.startsWith("kubectl logs")
                        && line.contains("-l app.kubernetes.io/instance=c,app.kubernetes.io/component=training"))
                .anyMatch(line -> line.endsWith("http://127.0.0.1:8082/runs"))
                .noneMatch(line -> line.contains("logs") && line.contains("deployment/"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNamedIsInstalled(ValueSet set) {
        List<String> names = Chart.render(set.yaml()).stream()
                .map(resource -> resource.kind().toLowerCase(Locale.ROOT) + "/" + resource.name())
                .toList();

        assertThat(commands(set).stream()
                        .flatMap(line -> List.of(line.split(" ")).stream())
                        .filter(word -> word.matches("(service|deployment)/.*")))
                .isNotEmpty()
                .isSubsetOf(names);
    }

    /** The indented lines, continued ones joined. */
    private List<String> commands(ValueSet set) {
        return notes(set)
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.startsWith("   ") && line.strip().matches("(kubectl|curl|echo) .*"))
                .map(String::strip)
                .collect(Collectors.toList());
    }

    private String notes(ValueSet set) {
        FakeCluster.running();
        try {
            Path values = Files.writeString(folder.resolve("values.yaml"), set.yaml());
            return new Helm(Chart.FOLDER)
                    .install()
                    .withName("c")
                    .withNamespace(Chart.NAMESPACE)
                    .withKubeVersion("1.31.0")
                    .withValuesFile(values)
                    .clientOnly()
                    .dryRun()
                    .call()
                    .getOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
