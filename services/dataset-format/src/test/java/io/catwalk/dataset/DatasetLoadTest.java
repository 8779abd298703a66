package io.catwalk.dataset;

import static io.catwalk.dataset.DatasetFixture.FILES;
import static io.catwalk.dataset.DatasetFixture.LIMITS;
import static io.catwalk.dataset.DatasetFixture.OPTIONS;
import static io.catwalk.dataset.DatasetFixture.sources;
import static io.catwalk.dataset.IdxBytes.flipped;
import static io.catwalk.dataset.IdxBytes.join;
import static io.catwalk.dataset.IdxBytes.stream;
import static io.catwalk.dataset.IdxBytes.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetLoadTest {
    @TempDir
    private Path folder;

    private final Map<String, byte[]> blobs = new HashMap<>();
    private StagedDataset stored;

    @BeforeEach
    void store() throws IOException {
        stored = new DatasetReader(LIMITS).read(sources(FILES), OPTIONS, folder);
        IdxFiles<DatasetFile> files = stored.manifest().files();
        blobs.put(files.trainImages().digest(), FILES.trainImages());
        blobs.put(files.trainLabels().digest(), FILES.trainLabels());
        blobs.put(files.testImages().digest(), FILES.testImages());
        blobs.put(files.testLabels().digest(), FILES.testLabels());
    }

    @Test
    void loadsWhatWasStored() throws IOException {
        try (MappedDataset mapped = load(stored.manifest())) {
            Dataset loaded = mapped.dataset();
            assertThat(loaded.manifest()).isEqualTo(stored.manifest());
            Splits splits = loaded.splits();
            try (StagedImages train = stored.train();
                    StagedImages validation = stored.validation();
                    StagedImages test = stored.test()) {
                same(splits.train(), train);
                same(splits.validation(), validation);
                same(splits.test(), test);
            }
        }
    }

    @Test
    void needsItsFilesNamesNoLongerAndEmptiesThemInTheEnd() throws IOException {
        MappedDataset mapped = load(stored.manifest());
        try (DirectoryStream<Path> copies = Files.newDirectoryStream(copiesFolder())) {
            for (Path copy : copies) {
                Files.createLink(folder.resolve(copy.getFileName()), copy);
                Files.delete(copy);
            }
        }
        ImageSet train = mapped.dataset().splits().train();
        try (StagedImages expected = stored.train()) {
            same(train, expected);
        }

        mapped.close();
        assertThatThrownBy(() -> train.pixel(0, 0, 0, 0)).hasMessage("the dataset's files are closed");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("IMAGES")))
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file).isEmptyFile());
        }
    }

    @Test
    void refusesEveryFlippedByte() {
        String digest = stored.manifest().files().trainImages().digest();

        for (int i = 0; i < FILES.trainImages().length; i++) {
            int index = i;
            refused(digest, file -> flipped(file, index, 1), "blob " + digest);
        }
    }

    @Test
    void refusesATruncatedALongerAndAnotherBlob() {
        String labels = stored.manifest().files().testLabels().digest();

        refused(labels, file -> without(file, 1), "blob " + labels + ", byte 11: the file ends after 3 whole items");
        refused(labels, file -> join(file, new byte[1]), "blob " + labels + ", byte 12: trailing bytes follow");
        refused(labels, file -> FILES.trainLabels(), "[10] make 18 bytes, must be at most 12");
        refused(labels, file -> IdxBytes.labels(2, 2, 1, 1), "of 12 bytes holds other content: sha256:");
    }

    @Test
    void refusesAManifestThatItsFilesContradict() {
        DatasetManifest right = stored.manifest();
        SplitCounts counts = right.counts();
        SplitCounts wrongCounts =
                new SplitCounts(new SplitCount(6, List.of(1, 2, 3)), counts.validation(), counts.test());

        assertThatThrownBy(() -> load(new DatasetManifest(
                        1,
                        right.imageShape(),
                        3,
                        right.labelNames(),
                        right.files(),
                        4,
                        wrongCounts,
                        right.trainPixels(),
                        Optional.empty())))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessageStartingWith("manifest: counts is ");
        assertThatThrownBy(() -> load(new DatasetManifest(
                        1,
                        new ImageDimensions(2, 3, 1),
                        3,
                        right.labelNames(),
                        right.files(),
                        4,
                        counts,
                        right.trainPixels(),
                        Optional.empty())))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessage("manifest: image shape is 2x3x1, but the files have 3x2x1");
    }

    @Test
    void propagatesTheFailureOfTheStore() {
        assertThatThrownBy(() -> MappedDataset.load(
                        stored.manifest(),
                        digest -> {
                            throw new IOException("503");
                        },
                        copiesFolder()))
                .isInstanceOf(IOException.class)
                .hasMessage("503");
    }

    private void refused(String digest, UnaryOperator<byte[]> damage, String messagePart) {
        byte[] right = blobs.get(digest);
        blobs.put(digest, damage.apply(right));
        assertThatThrownBy(() -> load(stored.manifest()))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessageContaining(messagePart);
        blobs.put(digest, right);
    }

    private static void same(LabelledImages images, LabelledImages expected) {
        assertThat(images.count()).isEqualTo(expected.count());
        byte[] pixels = new byte[images.shape().bytes()];
        byte[] others = new byte[expected.shape().bytes()];
        for (int image = 0; image < images.count(); image++) {
            images.copyPixels(image, pixels, 0);
            expected.copyPixels(image, others, 0);
            assertThat(pixels).isEqualTo(others);
            assertThat(images.label(image)).isEqualTo(expected.label(image));
        }
    }

    private MappedDataset load(DatasetManifest manifest) throws IOException {
        return MappedDataset.load(manifest, digest -> stream(blobs.get(digest)), copiesFolder());
    }

    private Path copiesFolder() throws IOException {
        return Files.createDirectories(folder.resolve("copies"));
    }
}
