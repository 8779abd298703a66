package io.catwalk.evaluation.model;

import static io.catwalk.evaluation.Installation.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.TinyDataset;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.events.EventType;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.journal.job.Topic;
import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.network.Network;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.TutorialCnn;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's network on images of 8x8, trained to distinguish black from white. */
class SavedModelsTest {
    private static final long MAX_BYTES = 64 << 20;
    private static final int SIDE = 8;
    private static final Network NETWORK = new TutorialCnn().network(new ImageShape(SIDE, SIDE, 1), 2);

    private static byte[] archive;

    private final Installation installation = new Installation();

    @TempDir
    private Path workFolder;

    private ModelSource models;

    @BeforeAll
    static void train() {
        float[] images = new float[16 * SIDE * SIDE];
        int[] labels = new int[16];
        for (int image = 0; image < labels.length; image++) {
            labels[image] = image % 2;
            Arrays.fill(images, image * SIDE * SIDE, (image + 1) * SIDE * SIDE, labels[image]);
        }
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            for (int step = 0; step < 30; step++) {
                session.step(images, labels, step);
            }
            archive = SavedModelExport.archive(NETWORK, session.weights());
        }
    }

    @BeforeEach
    void makeSource() {
        models = models(workFolder.resolve("models"), MAX_BYTES);
    }

    @Test
    void loadsAModelAndLeavesNothingOnDisk() throws Exception {
        Digest digest = installation.blobs().put(archive);

        try (ScorableModel model = models.open(digest)) {
            assertNoFiles();
            assertThat(model.signature().input()).isEqualTo(NETWORK.input());
            float[] probabilities = model.probabilities(new float[2 * SIDE * SIDE], 2);
            assertThat(probabilities).hasSize(4);
            assertThat(probabilities[0] + probabilities[1]).isEqualTo(1, within(1e-5f));
            assertThat(probabilities[0]).isGreaterThan(probabilities[1]);
        }
    }

    @Test
    void refusesDamagedModels() throws Exception {
        Digest damaged = installation.blobs().put(archive);
        installation.store().put(Artifacts.blob(damaged), Arrays.copyOf(archive, archive.length - 1));
        Digest noArchive = installation.blobs().put(new byte[] {1, 2, 3});
        Digest noModel = installation.blobs().put(SavedModelArchive.pack(new TreeMap<>(Map.of("a", new byte[1]))));

        for (Digest digest : new Digest[] {damaged, noArchive, noModel, Digest.of(new byte[0])}) {
            assertThatThrownBy(() -> models.open(digest))
                    .isInstanceOf(UnusableModelException.class)
                    .hasMessageStartingWith("model " + digest + " can't be loaded: ");
        }
        assertNoFiles();
    }

    @Test
    void refusesModelsThatAreTooLarge() {
        Digest digest = installation.blobs().put(archive);

        assertThatThrownBy(() -> models(workFolder, 1000).open(digest))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageEndingWith("the archive holds more than 1000 bytes");
    }

    @Test
    void distinguishesAFailingDiskFromADamagedModel() throws Exception {
        Path file = Files.createFile(workFolder.resolve("file"));
        Digest digest = installation.blobs().put(archive);

        assertThatThrownBy(() -> models(file, MAX_BYTES).open(digest))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't unpack model " + digest);
    }

    @Test
    void evaluatesWithTensorFlowFromEndToEnd() throws Exception {
        Topic topic = new Topic(1);
        Digest model = installation.blobs().put(archive);
        Digest dataset = TinyDataset.store(
                Installation.datasets(installation.store()),
                installation.blobs(),
                new io.catwalk.dataset.ImageDimensions(SIDE, SIDE, 1),
                SavedModelsTest::blackOrWhite);
        installation.accept(installation.trained("r1", model, dataset));

        JobRunner evaluator = installation.evaluator(
                installation.store(), installation.handler(installation.store(), models, "w"), "w", topic);
        await().until(() ->
                installation.evaluations().find(new Name("r1")).orElseThrow().closed());
        evaluator.stop();

        assertThat(topic.events().values().stream().map(event -> event.type()))
                .containsExactly("evaluation-completed", "model-published", "model-promoted");
        EvaluationCompleted completed = payload(
                EventType.EVALUATION_COMPLETED,
                topic.events().values().iterator().next());
        assertThat(completed.getTest().getAccuracy()).isEqualTo(1);
        assertThat(completed.getTest().getLoss()).isBetween(0.0, 0.7);
    }

    private ModelSource models(Path folder, long maxBytes) {
        return new SavedModels(new ModelArchives(installation.blobs(), folder, maxBytes, 0, InstantSource.system()));
    }

    private void assertNoFiles() throws IOException {
        try (Stream<Path> files = Files.walk(workFolder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private static byte[] blackOrWhite(int index) {
        byte[] pixels = new byte[SIDE * SIDE];
        Arrays.fill(pixels, (byte) (index % 2 == 0 ? 0 : 255));
        return pixels;
    }
}
