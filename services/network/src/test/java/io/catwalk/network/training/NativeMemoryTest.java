package io.catwalk.network.training;

import static io.catwalk.network.layer.Activation.LINEAR;
import static io.catwalk.network.layer.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.network.Network;
import io.catwalk.network.layer.Dense;
import io.catwalk.network.layer.Flatten;
import io.catwalk.network.layer.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NativeMemoryTest {
    /** Weights of 8 MB, so with Adam's moments a session holds 24 MB outside the heap. */
    private static final Network LARGE = new Network(
            "large", new ImageShape(64, 64, 1), 2, List.of(new Flatten(), new Dense(512, RELU), new Dense(2, LINEAR)));

    @Test
    @EnabledOnOs(OS.LINUX)
    void aClosedSessionGivesItsMemoryBack() throws IOException {
        openAndClose(3);
        long before = residentMegabytes();

        openAndClose(12);

        assertThat(residentMegabytes() - before).as("growth in MB").isLessThan(120);
    }

    private static void openAndClose(int times) {
        float[] images = Samples.images(LARGE, 2, 0);
        for (int i = 0; i < times; i++) {
            try (TrainingSession session = TrainingSession.open(LARGE, Hyperparameters.tutorial(), i)) {
                session.step(images, new int[] {0, 1}, 0);
                session.restore(session.capture());
            }
        }
    }

    private static long residentMegabytes() throws IOException {
        String resident = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
        return Long.parseLong(resident) * 4096 / (1 << 20);
    }
}
