package io.catwalk.network.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuTest {
    @TempDir
    Path cards;

    /** Whatever this machine has, TensorFlow's answer and the driver's agree. */
    @Test
    void isPresentOnlyWithADriver() {
        assertThat(Gpu.find().isPresent() && Files.notExists(Path.of("/dev/nvidiactl")))
                .isFalse();
        assertThat(RuntimeEnvironment.detect().hasGpu()).isEqualTo(Gpu.find().isPresent());
    }

    @Test
    void hasTheNameOfTheDriversFirstGpu() throws IOException {
        Path card = Files.createDirectories(cards.resolve("0000:01:00.0"));
        Files.writeString(card.resolve("information"), "Model: \t NVIDIA H100 80GB HBM3\nIRQ:   \t 16\n");
        assertThat(Gpu.model(cards)).isEqualTo("NVIDIA H100 80GB HBM3");
        assertThat(Gpu.model(cards.resolve("none"))).isEmpty();
    }
}
