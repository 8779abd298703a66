package io.catwalk.dataset;

import static io.catwalk.dataset.DatasetFixture.FILES;
import static io.catwalk.dataset.DatasetFixture.LIMITS;
import static io.catwalk.dataset.DatasetFixture.OPTIONS;
import static io.catwalk.dataset.DatasetFixture.sources;
import static io.catwalk.dataset.DatasetFixture.withTest;
import static io.catwalk.dataset.DatasetFixture.withTrain;
import static io.catwalk.dataset.IdxBytes.gzip;
import static io.catwalk.dataset.IdxBytes.header;
import static io.catwalk.dataset.IdxBytes.images;
import static io.catwalk.dataset.IdxBytes.join;
import static io.catwalk.dataset.IdxBytes.labels;
import static io.catwalk.dataset.IdxBytes.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetReaderTest {
    private static final DatasetOptions UNNAMED = new DatasetOptions(List.of(), 4);

    @TempDir
    private Path folder;

    @Test
    void theFirstTrainingImagesAreTheValidationSet() throws IOException {
        StagedDataset dataset = read(FILES, OPTIONS);

        try (StagedImages validation = dataset.validation();
                StagedImages train = dataset.train();
                StagedImages test = dataset.test()) {
            assertThat(validation.count()).isEqualTo(4);
            assertThat(pixels(validation, 0)[0]).isZero();
            assertThat(train.count()).isEqualTo(6);
            assertThat(pixels(train, 0)[0]).isEqualTo((byte) 24);
            assertThat(train.label(0)).isEqualTo(1);
            assertThat(test.count()).isEqualTo(4);
            assertThat(test.label(3)).isZero();
        }
    }

    @Test
    void theManifestDescribesTheFiles() throws IOException {
        DatasetManifest manifest = read(FILES, OPTIONS).manifest();

        assertThat(manifest.schema()).isEqualTo(1);
        assertThat(manifest.imageShape()).isEqualTo(new ImageDimensions(3, 2, 1));
        assertThat(manifest.classes()).isEqualTo(3);
        assertThat(manifest.labelNames()).containsExactly("cat", "dog", "bird");
        assertThat(manifest.validationSize()).isEqualTo(4);
        assertThat(manifest.counts().train()).isEqualTo(new SplitCount(6, List.of(2, 2, 2)));
        assertThat(manifest.counts().validation()).isEqualTo(new SplitCount(4, List.of(2, 1, 1)));
        assertThat(manifest.counts().test()).isEqualTo(new SplitCount(4, List.of(1, 1, 2)));
        assertThat(manifest.trainPixels().min()).isEqualTo(24);
        assertThat(manifest.trainPixels().max()).isEqualTo(59);
        assertThat(manifest.trainPixels().mean()).isEqualTo(41.5);
        assertThat(manifest.files().trainLabels())
                .isEqualTo(
                        new DatasetFile("sha256:778f43ad51358adc5a6c6a0df2e04fc192405c6d7e5f3283e0e5df1830a10988", 18));
    }

    @Test
    void equalContentGivesAnEqualManifestInAnyCompression() throws IOException {
        IdxFiles<byte[]> zipped = FILES.map((kind, file) -> gzip(file));

        assertThat(read(zipped, OPTIONS).manifest())
                .isEqualTo(read(FILES, OPTIONS).manifest());
    }

    @Test
    void returnsTheUncompressedFiles() throws IOException {
        IdxFiles<Path> files =
                read(FILES.map((kind, file) -> gzip(file)), OPTIONS).files();

        assertThat(files.trainImages()).hasBinaryContent(FILES.trainImages());
        assertThat(files.trainLabels()).hasBinaryContent(FILES.trainLabels());
        assertThat(files.testImages()).hasBinaryContent(FILES.testImages());
        assertThat(files.testLabels()).hasBinaryContent(FILES.testLabels());
    }

    @Test
    void opensEachSourceOnce() throws IOException {
        AtomicInteger opened = new AtomicInteger();
        IdxFiles<IdxSource> counted = FILES.map((kind, file) -> new IdxSource("file", () -> {
            opened.incrementAndGet();
            return stream(file);
        }));

        new DatasetReader(LIMITS).read(counted, OPTIONS, folder);

        assertThat(opened).hasValue(4);
    }

    @Test
    void namesClassesByNumberByDefault() throws IOException {
        DatasetManifest manifest =
                read(withTest(images(2, 3, 2), labels(4, 0)), UNNAMED).manifest();

        assertThat(manifest.labelNames()).containsExactly("0", "1", "2", "3", "4");
        assertThat(manifest.counts().train().perClass()).containsExactly(2, 2, 2, 0, 0);
    }

    @Test
    void readsColourImages() throws IOException {
        byte[] colour = join(header(0x0804, 10, 3, 2, 3), IdxBytes.counting(180));
        byte[] test = join(header(0x0804, 4, 3, 2, 3), IdxBytes.counting(72));
        IdxFiles<byte[]> files = new IdxFiles<>(colour, FILES.trainLabels(), test, FILES.testLabels());

        assertThat(read(files, OPTIONS).manifest().imageShape()).isEqualTo(new ImageDimensions(3, 2, 3));
    }

    @Test
    void refusesCountsThatDisagree() {
        refused(
                withTrain(images(9, 3, 2), FILES.trainLabels()),
                "train-images has 9 images, but train-labels has 10 labels");
        refused(withTest(FILES.testImages(), labels(0, 1)), "test-images has 4 images, but test-labels has 2 labels");
    }

    @Test
    void refusesTestImagesOfAnotherShape() {
        refused(
                withTest(images(4, 2, 3), FILES.testLabels()),
                "test-images has images of 2x3x1, must be 3x2x1 as in train-images");
    }

    @Test
    void refusesLabelsOutsideTheNames() {
        refused(
                withTrain(FILES.trainImages(), labels(0, 1, 2, 0, 1, 3, 0, 1, 2, 0)),
                "train-labels, byte 13 (label 5): 3, must be below the 3 classes");
        refused(
                withTest(FILES.testImages(), labels(0, 0, 0, 255)),
                "test-labels, byte 11 (label 3): 255, must be below the 3 classes");
    }

    @Test
    void refusesDataOfOneClass() {
        IdxFiles<byte[]> files = new IdxFiles<>(images(5, 3, 2), labels(0, 0, 0, 0, 0), images(1, 3, 2), labels(0));

        assertThatThrownBy(() -> read(files, UNNAMED))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("label names has 1 entries, must have 2 to 256");
    }

    @Test
    void refusesAValidationSetOfAllTrainingImages() {
        assertThatThrownBy(() -> read(FILES, new DatasetOptions(List.of(), 10)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("validation size is 10, must be below the 10 images of train-images");
    }

    @Test
    void refusesLabelsGivenAsImages() {
        refused(
                withTrain(FILES.trainLabels(), FILES.trainLabels()),
                "train-images, byte 3 (rank): 1 (labels), must be 3");
    }

    @Test
    void refusesADatasetAboveTheMemoryLimit() throws IOException {
        assertThat(new DatasetReader(LIMITS, 146)
                        .read(sources(FILES), OPTIONS, folder)
                        .test()
                        .count())
                .isEqualTo(4);
        assertThatThrownBy(() -> new DatasetReader(LIMITS, 145).read(sources(FILES), OPTIONS, folder))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("10 training and 4 test images of 3x2x1 make 146 bytes, must be at most 145 for the whole"
                        + " dataset");
    }

    @Test
    void leavesNoFileBehindWhenItRefuses() throws IOException {
        refused(withTest(images(4, 2, 3), FILES.testLabels()), "test-images");
        refused(withTest(FILES.testImages(), new byte[0]), "test-labels, byte 0 (magic)");

        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void propagatesTheFailureOfASource() {
        IdxFiles<IdxSource> sources = sources(FILES);
        IdxSource broken = new IdxSource("test-labels", () -> {
            throw new IOException("connection refused");
        });
        IdxFiles<IdxSource> withBroken =
                new IdxFiles<>(sources.trainImages(), sources.trainLabels(), sources.testImages(), broken);

        assertThatThrownBy(() -> new DatasetReader(LIMITS).read(withBroken, OPTIONS, folder))
                .isInstanceOf(IOException.class)
                .hasMessage("connection refused");
        assertThat(folder).isEmptyDirectory();
    }

    private void refused(IdxFiles<byte[]> files, String messagePart) {
        assertThatThrownBy(() -> read(files, OPTIONS))
                .isInstanceOf(BadDatasetException.class)
                .hasMessageContaining(messagePart);
    }

    private static byte[] pixels(LabelledImages images, int image) {
        byte[] pixels = new byte[images.shape().bytes()];
        images.copyPixels(image, pixels, 0);
        return pixels;
    }

    private StagedDataset read(IdxFiles<byte[]> files, DatasetOptions options) throws IOException {
        return new DatasetReader(LIMITS).read(sources(files), options, folder);
    }
}
