package io.catwalk.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event files as TensorBoard's own reader sees them. Needs python3 with venv, and installs TensorBoard from PyPI below
 * {@code target}; so it runs where {@code -Dtests.left.out=soak} asks for it, as CI does.
 */
@Tag("python")
class TensorBoardIT {
    private static final Path ENVIRONMENT = Path.of("target/tensorboard").toAbsolutePath();
    private static final Path PYTHON = ENVIRONMENT.resolve("bin/python");
    private static final int EPOCHS = 3;

    @TempDir
    Path folder;

    /** TensorBoard's data server and what only its pages need stay out. */
    @BeforeAll
    static void install() throws Exception {
        run("python3", "-m", "venv", "--clear", ENVIRONMENT.toString());
        run(PYTHON.toString(), "-m", "pip", "install", "-q", "--no-deps", "tensorboard==2.20.0");
        run(
                PYTHON.toString(),
                "-m",
                "pip",
                "install",
                "-q",
                "numpy==2.2.6",
                "protobuf==6.33.2",
                "absl-py==2.3.1",
                "setuptools==80.9.0");
    }

    @Test
    void readsOneFileForEachEpochInOrder() throws Exception {
        List<byte[]> files = files();
        for (int epoch = 0; epoch <= EPOCHS; epoch++) {
            Files.write(folder.resolve("events.out.tfevents.%010d.catwalk".formatted(epoch)), files.get(epoch));
        }
        assertShown(read());
    }

    @Test
    void readsTheFilesInOne() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        files().forEach(all::writeBytes);
        Files.write(folder.resolve("events.out.tfevents.r1"), all.toByteArray());
        assertShown(read());
    }

    private static List<byte[]> files() {
        return Stream.concat(
                        Stream.of(Shown.opening()),
                        IntStream.rangeClosed(1, EPOCHS)
                                .mapToObj(epoch -> EpochEvents.file(Shown.TIME, Shown.epoch(epoch), Shown.weights())))
                .toList();
    }

    private static void assertShown(JsonNode shown) {
        JsonNode losses = shown.path("scalars").path("loss/validation");
        assertThat(losses).hasSize(EPOCHS);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            JsonNode point = losses.get(epoch - 1);
            assertThat(point.get(0).asInt()).isEqualTo(10 * epoch);
            assertThat(point.get(1).asDouble()).isCloseTo(1.0 / epoch, within(1e-6));
            assertThat(point.get(2).asDouble()).isEqualTo(Shown.TIME.getEpochSecond() + 0.125);
        }
        assertThat(shown.path("scalars")).hasSize(10);
        JsonNode kernel = shown.path("histograms").path("weights/dense_1.kernel");
        assertThat(kernel).hasSize(EPOCHS);
        assertThat(kernel.get(0).get("num").asInt()).isEqualTo(4);
        assertThat(kernel.get(0).get("buckets").asDouble()).isEqualTo(4);
        assertThat(kernel.get(0).get("min").asDouble()).isEqualTo(-1);
        assertThat(shown.path("histograms").path("weights/dense_1.bias")).hasSize(EPOCHS);
        assertThat(shown.path("images").path("samples").get(0).asInt()).isPositive();
        assertThat(shown.path("graph").asInt()).isGreaterThan(50);
    }

    private JsonNode read() throws Exception {
        Path script = Path.of("src/test/python/read_events.py").toAbsolutePath();
        return JournalJson.parse(run(PYTHON.toString(), script.toString(), folder.toString()));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createDirectories(Path.of("target")).resolve("tensorboard-it.log");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Arrays.toString(command) + ": " + Files.readString(errors))
                .isZero();
        return output;
    }
}
