package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import io.catwalk.dataset.DatasetWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.objectstore.Name;
import io.catwalk.training.data.StoredDatasets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on one, ten and a hundred times as many images as Fashion-MNIST has, by trainers with a heap of a twentieth of the last. */
@Tag("soak")
class LargeDatasetIT {
    private static final int FASHION_MNIST = 55_000;
    private static final int HELD_OUT = 5_000;
    private static final int CLASSES = 10;
    private static final ImageDimensions SHAPE = new ImageDimensions(28, 28, 1);
    private static final String HEAP = "256m";
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    @TempDir
    Path folder;

    private final TrainingStack stack = TrainingStack.start();

    @AfterEach
    void stop() {
        stack.stopWithout(unit -> unit.startsWith("datasets/"));
    }

    @Test
    void whatATrainerHoldsDoesNotGrowWithItsDataset() throws IOException {
        List<Double> held = new ArrayList<>();
        for (int times : List.of(1, 10, 100)) {
            String dataset = "times-" + times;
            new StoredDatasets(stack.store()).ready(dataset, noise(times * FASHION_MNIST));
            Memory memory = run(dataset);
            System.out.printf(
                    "%,d images of %s: at most %.0f MiB of its own and %.0f MiB of files in RAM, heap %s%n",
                    times * FASHION_MNIST, SHAPE, memory.own, memory.files, HEAP);
            held.add(memory.own);
        }
        // Labels and order are 27 MB more.
        assertThat(held.getLast()).isLessThan(held.getFirst() + 200);
    }

    /** With a network that is fast enough to see all images in a minute. */
    private Memory run(String dataset) {
        Name run = new Name("run-" + dataset);
        try (ReplicaProcess trainer =
                ReplicaProcess.start(dataset, dataset, Optional.empty(), stack.environment(), HEAP)) {
            trainer.awaitReady();
            stack.send("training-requested", """
                    {"runId": "%s", "dataset": "%s", "model": "noise", "epochs": 1, "batchSize": 1000, "seed": 5, "shuffle": true,
                     "network": "linear", "layers": [{"flatten": {}}, {"dense": {"units": %d}}]}""".formatted(run, dataset, CLASSES));
            Memory memory = new Memory();
            Job closed = await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(
                            () -> {
                                memory.look(trainer.pid());
                                return stack.jobs().find(run).filter(Job::closed);
                            },
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(closed.fold().result()).contains(JobResult.succeeded());
            return memory;
        }
    }

    private StagedDataset noise(int images) throws IOException {
        SplittableRandom random = new SplittableRandom(images);
        byte[] pixels = new byte[SHAPE.bytes()];
        Path files = Files.createDirectories(folder.resolve("of-" + images));
        try (DatasetWriter writer = new DatasetWriter(files, SHAPE, HELD_OUT, images, HELD_OUT)) {
            for (int image = 0; image < images + 2 * HELD_OUT; image++) {
                random.nextBytes(pixels);
                writer.add(pixels, image % CLASSES);
            }
            return writer.finish(names(), new PictureOrigin("sha256:" + "0".repeat(64), 1, 0, 0, 0));
        }
    }

    private static List<String> names() {
        return IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    }

    /** The most that a process had in RAM, in MiB. */
    private static final class Memory {
        private double own;
        private double files;

        void look(long pid) {
            double anonymous = ProcessMemory.anonymousMebibytes(pid);
            own = Math.max(own, anonymous);
            files = Math.max(files, ProcessMemory.residentMebibytes(pid) - anonymous);
        }
    }
}
