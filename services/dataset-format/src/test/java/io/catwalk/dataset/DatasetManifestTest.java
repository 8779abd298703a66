package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class DatasetManifestTest {
    private static final DatasetFile FILE = new DatasetFile("sha256:" + "0a".repeat(32), 16);
    private static final IdxFiles<DatasetFile> FILES = new IdxFiles<>(FILE, FILE, FILE, FILE);
    private static final SplitCount COUNT = new SplitCount(3, List.of(1, 2));
    private static final SplitCounts COUNTS = new SplitCounts(COUNT, COUNT, COUNT);
    private static final PixelStatistics PIXELS = new PixelStatistics(0, 255, 70, 90);

    @Test
    void keepsItsOwnCopyOfTheNames() {
        List<String> names = new ArrayList<>(List.of("a", "b"));
        DatasetManifest manifest = manifest(1, 2, names, 3);
        names.set(0, "c");

        assertThat(manifest.labelNames()).containsExactly("a", "b");
    }

    @Test
    void theOrderOfItsFieldsIsFixed() {
        assertThat(Arrays.stream(DatasetManifest.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly(
                        "schema",
                        "imageShape",
                        "classes",
                        "labelNames",
                        "files",
                        "validationSize",
                        "counts",
                        "trainPixels",
                        "pictures");
    }

    @Test
    void refusesAnotherSchemaAndContradictions() {
        List<String> names = List.of("a", "b");

        refused(2, 2, names, 3, "manifest: schema is 2, must be 1");
        refused(3, 2, names, 3, "manifest: schema is 3, must be 1 or 2");
        refused(1, 3, names, 3, "manifest: classes is 3, must be 2");
        refused(1, 2, names, 4, "manifest: validation size is 4, must be 3");
        refused(1, 3, List.of("a", "b", "c"), 3, "manifest: train's classes is 2, must be 3");
    }

    @Test
    void refusesCountsThatDoNotAddUp() {
        assertThatThrownBy(() -> new SplitCount(4, List.of(1, 2)))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage("images is 4, must be at least 1 and the sum of [1, 2]");
        assertThatThrownBy(() -> new SplitCount(1, List.of(-1, 2))).isInstanceOf(BadDatasetException.class);
    }

    @Test
    void refusesFilesWithoutDigestOrLength() {
        assertThatThrownBy(() -> new DatasetFile("0a".repeat(32), 16))
                .hasMessage("a file's digest must be sha256:<64 lower-case hex digits>");
        assertThatThrownBy(() -> new DatasetFile(FILE.digest(), 0))
                .hasMessageContaining("a file's bytes is 0, must be");
        assertThatThrownBy(() -> new DatasetFile(FILE.digest(), (1L << 40) + 1))
                .hasMessageContaining("bytes is 1099511627777, must be 1 to 1099511627776");
    }

    private static void refused(int schema, int classes, List<String> names, int validationSize, String message) {
        assertThatThrownBy(() -> manifest(schema, classes, names, validationSize))
                .isInstanceOf(BadDatasetException.class)
                .hasMessage(message);
    }

    private static DatasetManifest manifest(int schema, int classes, List<String> names, int validationSize) {
        return new DatasetManifest(
                schema,
                new ImageDimensions(4, 4, 1),
                classes,
                names,
                FILES,
                validationSize,
                COUNTS,
                PIXELS,
                Optional.empty());
    }
}
