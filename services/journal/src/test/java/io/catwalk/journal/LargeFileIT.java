package io.catwalk.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeFileIT {
    private static final int BYTES = 12 << 20;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        RealStore.start();
    }

    @AfterAll
    static void stop() {
        RealStore.stop();
    }

    /** Whoever stores a large file over a slow line shows progress all the time. */
    @Test
    void tellsItsProgressBothWays() throws IOException {
        byte[] content = new byte[BYTES];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("large"), content);
        List<Integer> went = new ArrayList<>();
        List<Integer> came = new ArrayList<>();
        Blobs blobs = new Blobs(RealStore.open());

        Digest digest = blobs.put(file, went::add);

        assertThat(digest).isEqualTo(Digest.of(content));
        assertThat(blobs.isIntact(digest, came::add)).isTrue();
        for (List<Integer> told : List.of(went, came)) {
            assertThat(told).hasSizeGreaterThan(100);
            assertThat(told.stream().mapToInt(Integer::intValue).sum()).isEqualTo(BYTES);
        }
    }
}
