package io.catwalk.ingestion.source;

import static io.catwalk.ingestion.TinyDataset.TRAIN_IMAGES;
import static io.catwalk.ingestion.TinyDataset.TRAIN_LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxSource;
import io.catwalk.ingestion.TinyDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSourcesTest {
    private final Map<String, byte[]> files = TinyDataset.files(1);

    @TempDir
    Path top;

    private Path root;
    private Path outside;
    private FolderSources sources;

    @BeforeEach
    void layOut() {
        root = TinyDataset.write(top.resolve("root/tiny"), files).getParent();
        outside = TinyDataset.write(top.resolve("outside"), files);
        sources = new FolderSources(List.of(root, top.resolve("not there yet")));
    }

    @Test
    void findsTheFourFiles() throws Exception {
        IdxFiles<IdxSource> found = locate(root.resolve("tiny").toString());

        assertThat(found.trainImages().name()).isEqualTo(TRAIN_IMAGES);
        assertThat(read(found.testLabels())).isEqualTo(files.get(TinyDataset.TEST_LABELS));
    }

    @Test
    void findsFilesUnderTheirOtherNames() throws Exception {
        Path tiny = root.resolve("tiny");
        Files.move(tiny.resolve(TRAIN_IMAGES), tiny.resolve("train-images.idx3-ubyte.gz"));
        Files.move(tiny.resolve(TRAIN_LABELS), tiny.resolve("train-labels.idx1-ubyte"));

        IdxFiles<IdxSource> found = locate(tiny.toString());

        assertThat(found.trainImages().name()).isEqualTo("train-images.idx3-ubyte.gz");
        assertThat(found.trainLabels().name()).isEqualTo("train-labels.idx1-ubyte");
    }

    @Test
    void namesTheFileThatIsMissing() throws Exception {
        Files.delete(root.resolve("tiny").resolve(TRAIN_LABELS));

        assertThatThrownBy(() -> locate(root.resolve("tiny").toString()))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("tiny holds no train-labels-idx1-ubyte, nor any of [train-labels-idx1-ubyte.gz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s/outside", "%s/root/../outside", "%s/root/absent", "%s", "/", "root", "%s/root/tiny\0"})
    void refusesWhatIsNotBelowARootInTheSameWords(String pattern) {
        String path = pattern.replace("%s", top.toString());

        assertThatThrownBy(() -> locate(path))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageStartingWith(
                        "source.folder is \"" + path + "\", must be an existing folder that this service may "
                                + "read, at or below one of [" + root);
    }

    @Test
    void followsLinksBeforeItChecks() throws Exception {
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        Files.createSymbolicLink(root.resolve("within"), root.resolve("tiny"));

        assertThatThrownBy(() -> locate(root.resolve("way-out").toString())).isInstanceOf(SourceRefusedException.class);
        assertThat(read(locate(root.resolve("within").toString()).testLabels()))
                .isEqualTo(files.get(TinyDataset.TEST_LABELS));
    }

    @Test
    void refusesAFileThatIsALinkOutOrNoFile() throws Exception {
        Path labels = root.resolve("tiny").resolve(TRAIN_LABELS);
        Files.delete(labels);
        Files.createSymbolicLink(labels, outside.resolve(TRAIN_LABELS));
        assertThatThrownBy(() -> locate(root.resolve("tiny").toString()))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("is a link that leads out of");

        Files.delete(labels);
        Files.createDirectory(labels);
        assertThatThrownBy(() -> locate(root.resolve("tiny").toString()))
                .isInstanceOf(SourceRefusedException.class)
                .hasMessageContaining("must be a file");
    }

    private IdxFiles<IdxSource> locate(String folder) throws Exception {
        return DatasetFileNames.locate(sources.open(folder));
    }

    private static byte[] read(IdxSource source) throws Exception {
        try (InputStream in = source.opener().open()) {
            return in.readAllBytes();
        }
    }
}
