package io.catwalk.modelarchives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.TutorialCnn;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tutorial's network on images of 8x8 in both formats. */
class StoredModelsTest {
    private static final long MAX_BYTES = 64 << 20;
    private static final int SIDE = 8;
    private static final Network NETWORK = new TutorialCnn().network(new ImageShape(SIDE, SIDE, 1), 2);

    private static byte[] archive;
    private static byte[] onnx;

    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Blobs blobs = new Blobs(store);

    @TempDir
    private Path folder;

    @BeforeAll
    static void export() {
        try (TrainingSession session = TrainingSession.open(NETWORK, Hyperparameters.tutorial(), 1)) {
            Weights weights = session.weights();
            archive = SavedModelExport.archive(NETWORK, weights);
            onnx = OnnxExport.model(NETWORK, weights);
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadsAModelAndLeavesNothingOnDisk(ModelFormat format) throws IOException {
        Digest digest = blobs.put(content(format));

        try (Classifier model = models(folder, MAX_BYTES).open(format, digest)) {
            assertNoFiles();
            assertThat(model.signature().input()).isEqualTo(NETWORK.input());
            float[] probabilities = model.probabilities(new float[2 * SIDE * SIDE], 2);
            assertThat(probabilities).hasSize(4);
            assertThat(probabilities[0] + probabilities[1]).isEqualTo(1, within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesDamagedModels(ModelFormat format) throws IOException {
        byte[] content = content(format);
        Digest damaged = blobs.put(content);
        store.put(Artifacts.blob(damaged), Arrays.copyOf(content, content.length - 1));
        Digest noModel = blobs.put(new byte[] {1, 2, 3});
        Digest otherContent = blobs.put(SavedModelArchive.pack(new TreeMap<>(Map.of("a", new byte[1]))));

        for (Digest digest : new Digest[] {damaged, noModel, otherContent, Digest.of(new byte[0])}) {
            assertThatThrownBy(() -> models(folder, MAX_BYTES).open(format, digest))
                    .isInstanceOf(UnloadableModelException.class)
                    .hasMessageStartingWith("model " + digest + " can't be loaded: ");
        }
        assertNoFiles();
    }

    @Test
    void refusesModelsThatAreTooLarge() {
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> models(folder, 1000).open(ModelFormat.SAVED_MODEL, blobs.put(archive)))
                .withMessageEndingWith("the archive holds more than 1000 bytes");
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> models(folder, 1000).open(ModelFormat.ONNX, blobs.put(onnx)))
                .withMessageEndingWith("the model holds more than 1000 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void distinguishesAFailingDiskFromADamagedModel(ModelFormat format) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Digest digest = blobs.put(content(format));

        assertThatThrownBy(() -> models(file, MAX_BYTES).open(format, digest)).isInstanceOf(UncheckedIOException.class);
    }

    private StoredModels models(Path cacheFolder, long maxBytes) {
        return new StoredModels(
                new ModelArchives(blobs, cacheFolder, maxBytes, 0, InstantSource.system()),
                1,
                new TensorLimits(64, 1 << 30));
    }

    private static byte[] content(ModelFormat format) {
        return switch (format) {
            case SAVED_MODEL -> archive;
            case ONNX -> onnx;
        };
    }

    private void assertNoFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
