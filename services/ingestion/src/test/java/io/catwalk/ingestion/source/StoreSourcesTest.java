package io.catwalk.ingestion.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;

import io.catwalk.dataset.IdxSource;
import io.catwalk.ingestion.TinyDataset;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreSourcesTest {
    private static final Folder INCOMING = new Folder("incoming/tiny/");

    private final Map<String, byte[]> files = TinyDataset.files(1);
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final StoreSources sources = new StoreSources(store);

    @BeforeEach
    void upload() {
        files.forEach((name, content) -> store.put(INCOMING.key(name), content));
    }

    @ParameterizedTest
    @ValueSource(strings = {"incoming/tiny/", "incoming/tiny"})
    void readsBelowAPrefix(String prefix) throws Exception {
        IdxSource images = DatasetFileNames.locate(sources.open(prefix)).trainImages();

        try (InputStream in = images.opener().open()) {
            assertThat(in.readAllBytes()).isEqualTo(files.get(TinyDataset.TRAIN_IMAGES));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blobs/sha256", "open/", "runs/r1/checkpoints/", "models"})
    void refusesWhereCatwalkWrites(String prefix) {
        assertThatThrownBy(() -> sources.open(prefix))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessage("source.storePrefix is \"" + prefix
                        + "\", must not be below a folder that Catwalk itself writes");
    }

    @Test
    void refusesAFileThatVanishes() throws Exception {
        IdxSource images =
                DatasetFileNames.locate(sources.open("incoming/tiny/")).trainImages();
        store.delete(INCOMING.key(TinyDataset.TRAIN_IMAGES));

        assertThatThrownBy(() -> images.opener().open())
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("was deleted while the dataset was read");
    }
}
