package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.engine.UnusableModelException;
import io.catwalk.serving.registry.ModelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveEngineSourceTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final byte[] archive =
            SavedModelArchive.pack(new TreeMap<>(Map.of("saved_model.pb", "weights".getBytes(StandardCharsets.UTF_8))));

    @TempDir
    private Path folder;

    @Test
    void givesTheLoaderTheUnpackedModel() {
        Digest digest = new Blobs(store).put(archive);

        assertThat(open(folder, digest).name()).isEqualTo("fake");
    }

    @Test
    void distinguishesADamagedModelFromAFailingDisk() throws Exception {
        Digest digest = new Blobs(store).put(archive);
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> open(folder, Digest.of(new byte[0])))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> open(file, digest)).isInstanceOf(UncheckedIOException.class);
    }

    private Engine open(Path cacheFolder, Digest digest) {
        ModelArchives archives =
                new ModelArchives(new Blobs(store), cacheFolder, 1 << 20, 1 << 20, InstantSource.system());
        return new ArchiveEngineSource(archives, ArchiveEngineSourceTest::load)
                .open(new ModelVersion(Rig.FASHION, 1, digest, FakeEngine.SHAPE, Rig.LABELS, 1));
    }

    private static Engine load(Path model) {
        assertThat(model.resolve("saved_model.pb")).hasContent("weights");
        return new FakeEngine(0.5f);
    }
}
