package io.catwalk.chassis.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.DatasetFile;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.PixelStatistics;
import io.catwalk.dataset.SplitCount;
import io.catwalk.dataset.SplitCounts;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.InMemoryObjectStore;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetManifestFuzzTest {
    /** The store copies the blob, and takes its digest. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(CorruptDatasetException.class).allocates(1 << 20, 500);

    static Stream<byte[]> seeds() {
        DatasetFile file = new DatasetFile("sha256:" + "0".repeat(64), 100);
        SplitCount count = new SplitCount(2, List.of(1, 1));
        DatasetManifest manifest = new DatasetManifest(
                DatasetManifest.SCHEMA,
                new ImageDimensions(28, 28, 1),
                2,
                List.of("shirt", "shoe"),
                new IdxFiles<>(file, file, file, file),
                2,
                new SplitCounts(count, count, count),
                new PixelStatistics(0, 255, 73.5, 90),
                Optional.empty());
        DatasetManifest ofPictures = new DatasetManifest(
                DatasetManifest.PICTURES_SCHEMA,
                manifest.imageShape(),
                manifest.classes(),
                manifest.labelNames(),
                manifest.files(),
                manifest.validationSize(),
                manifest.counts(),
                manifest.trainPixels(),
                Optional.of(new PictureOrigin(file.digest(), 1, 42, 0.1, 0.1)));
        return Stream.of(
                ManifestJson.write(manifest),
                ManifestJson.write(ofPictures),
                "null".getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] json) {
        InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
        Blobs blobs = new Blobs(store);
        DatasetStore datasets =
                new DatasetStore(store, blobs, "w", new Retry(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        PROPERTY.check(json.length, () -> datasets.manifest(blobs.put(json))).ifPresent(manifest -> {
            assertThat(manifest.labelNames()).hasSize(manifest.classes());
            assertThat(manifest.files().testLabels()).isNotNull();
            assertThat(manifest.imageShape()).isNotNull();
            assertThat(manifest.trainPixels()).isNotNull();
        });
    }
}
