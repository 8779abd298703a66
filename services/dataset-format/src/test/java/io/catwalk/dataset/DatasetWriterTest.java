package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {
    private static final ImageDimensions COLOUR = new ImageDimensions(1, 2, 3);
    private static final List<String> NAMES = List.of("a", "b");
    private static final PictureOrigin ORIGIN = new PictureOrigin("sha256:" + "0a".repeat(32), 1, 42, 0.1, 0.2);

    @TempDir
    private Path folder;

    @Test
    void writesWhatTheReaderReads() throws IOException {
        StagedDataset written = write(new ImageDimensions(1, 2, 1));

        StagedDataset read = new DatasetReader(new IdxLimits(1000, 100, 10))
                .read(
                        written.staged()
                                .map((kind, file) ->
                                        new IdxSource(file.name(), () -> Files.newInputStream(file.path()))),
                        new DatasetOptions(NAMES, 1),
                        Files.createDirectory(folder.resolve("read")));
        assertThat(read.manifest().files()).isEqualTo(written.manifest().files());
        assertThat(read.manifest().counts()).isEqualTo(written.manifest().counts());
        assertThat(read.manifest().trainPixels()).isEqualTo(written.manifest().trainPixels());
    }

    @Test
    void describesTheSplitsAndWhatTheyWereMadeOf() throws IOException {
        DatasetManifest manifest = write(COLOUR).manifest();

        assertThat(manifest.schema()).isEqualTo(2);
        assertThat(manifest.pictures()).contains(ORIGIN);
        assertThat(manifest.imageShape()).isEqualTo(COLOUR);
        assertThat(manifest.validationSize()).isEqualTo(1);
        assertThat(manifest.counts().train()).isEqualTo(new SplitCount(2, List.of(1, 1)));
        assertThat(manifest.counts().validation()).isEqualTo(new SplitCount(1, List.of(1, 0)));
        assertThat(manifest.counts().test()).isEqualTo(new SplitCount(2, List.of(1, 1)));
        assertThat(manifest.trainPixels().min()).isEqualTo(1);
        assertThat(manifest.trainPixels().max()).isEqualTo(2);
    }

    @Test
    void refusesFilesThatWouldBeTooLarge() {
        assertThatThrownBy(() -> new DatasetWriter(folder, new ImageDimensions(1000, 1000, 3), 100, 400_000, 1))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage(
                        "400100 images of 1000x1000x3 make a file of 1200300000020 bytes, must be at most 1099511627776");
    }

    @Test
    void isNotFinishedBeforeAllImagesHaveCome() throws IOException {
        try (DatasetWriter writer = new DatasetWriter(folder, COLOUR, 1, 1, 1)) {
            writer.add(new byte[6], 0);

            assertThatThrownBy(() -> writer.finish(NAMES, ORIGIN)).isInstanceOf(IllegalStateException.class);
        }
    }

    private StagedDataset write(ImageDimensions shape) throws IOException {
        try (DatasetWriter writer = new DatasetWriter(folder, shape, 1, 2, 2)) {
            for (int image = 0; image < 5; image++) {
                byte[] pixels = new byte[shape.bytes()];
                Arrays.fill(pixels, (byte) image);
                writer.add(pixels, image % 2);
            }
            return writer.finish(NAMES, ORIGIN);
        }
    }
}
