package io.catwalk.chassis.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.Dataset;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.journal.LaterJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider.Decision;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.DamagingStore;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetStoreTest {
    private static final Name DATASET = new Name("clothes");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Blobs blobs = new Blobs(store);
    private final DatasetStore datasets = storeOf("writer");

    @TempDir
    Path folder;

    @Test
    void givesBackTheManifestUnderADigestThatDependsOnItAlone() throws Exception {
        StagedDataset staged = stage();

        Digest digest = datasets.put(staged.manifest());

        assertThat(datasets.manifest(digest)).isEqualTo(staged.manifest());
        assertThat(datasets.digest(stage().manifest())).isEqualTo(digest);
        assertThat(blobs.read(digest, 1 << 20))
                .asString(UTF_8)
                .startsWith("{\"classes\":2,\"counts\":{\"test\":{\"images\":2,\"perClass\":[1,1]},")
                .doesNotContain("\n");
    }

    @Test
    void loadsTheDatasetThatWasStored() throws Exception {
        StagedDataset staged = stage();
        staged.files().map((kind, file) -> blobs.put(file));
        Digest digest = datasets.put(staged.manifest());

        try (MappedDataset mapped = load(datasets, digest)) {
            Dataset loaded = mapped.dataset();
            assertThat(loaded.manifest()).isEqualTo(staged.manifest());
            assertThat(loaded.splits().train().count()).isEqualTo(3);
            assertThat(loaded.splits().train().pixels()).isEqualTo(ByteBuffer.wrap(new byte[] {10, 20, 100}));
            assertThat(copies()).as("files have no names").isEmpty();
        }
    }

    @Test
    void readsWhatWasDamagedOnItsWayAgain() throws Exception {
        StagedDataset staged = stage();
        staged.files().map((kind, file) -> blobs.put(file));
        Digest digest = datasets.put(staged.manifest());
        Digest images = Digest.parse(staged.manifest().files().testImages().digest());
        for (Digest damaged : List.of(digest, images)) {
            ObjectStore damaging = DamagingStore.before(store, Artifacts.blob(damaged), 1);
            DatasetStore reader = new DatasetStore(
                    damaging, new Blobs(damaging), "reader", new Retry(Duration.ofMillis(1), Duration.ofMillis(10)));

            try (MappedDataset mapped = load(reader, digest)) {
                assertThat(mapped.dataset().manifest()).isEqualTo(staged.manifest());
            }
        }
    }

    @Test
    void passesOverWhatALaterReleaseAddsToAManifest() throws Exception {
        StagedDataset staged = stage();
        staged.files().map((kind, file) -> blobs.put(file));
        Digest later = blobs.put(LaterJson.of(ManifestJson.write(staged.manifest())));

        try (MappedDataset mapped = load(datasets, later)) {
            assertThat(mapped.dataset().manifest()).isEqualTo(staged.manifest());
        }
    }

    @Test
    void refusesDamagedAndMissingFiles() throws Exception {
        StagedDataset staged = stage();
        Digest digest = datasets.put(staged.manifest());
        Digest labels = Digest.parse(staged.manifest().files().testLabels().digest());

        assertThatThrownBy(() -> load(datasets, digest))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessageContaining("is missing");

        staged.files().map((kind, file) -> blobs.put(file));
        store.put(Artifacts.blob(labels), new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 1, 1});
        assertThatThrownBy(() -> load(datasets, digest))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessageContaining(labels.toString());
        assertThat(copies()).isEmpty();
    }

    @Test
    void deletesWhatAKilledProcessLeftAndNothingThatIsBeingWritten() throws Exception {
        StagedDataset staged = stage();
        staged.files().map((kind, file) -> blobs.put(file));
        Digest digest = datasets.put(staged.manifest());
        Path left = Files.createDirectories(folder.resolve("copies/dataset-left"));
        Path live = Files.createDirectories(folder.resolve("copies/dataset-live"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(Files.createFile(left.resolve("images")), longAgo);
        Files.createFile(live.resolve("images"));
        Files.setLastModifiedTime(left, longAgo);
        Files.setLastModifiedTime(live, longAgo);

        load(datasets, digest).close();

        assertThat(copies()).containsExactly(live);
    }

    @Test
    void saysThatItAdvancesAndWhoseFaultItIsWhenItBreaksOff() throws Exception {
        AtomicInteger advances = new AtomicInteger();
        try (CopiedBlob blob =
                new CopiedBlob("d", new ByteArrayInputStream(new byte[5 << 19]), advances::incrementAndGet)) {
            blob.readAllBytes();
        }
        assertThat(advances).hasValue(2);

        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };
        assertThatThrownBy(() -> new CopiedBlob("d", broken, () -> {}).read())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("reading blob d broke off");
    }

    @Test
    void refusesWhatIsNoManifest() {
        Digest other = blobs.put("{\"schema\":1}".getBytes(UTF_8));

        assertThatThrownBy(() -> datasets.manifest(other))
                .isInstanceOf(CorruptDatasetException.class)
                .hasMessageStartingWith("blob " + other + " isn't a dataset's manifest");
        assertThatThrownBy(() -> datasets.manifest(Digest.of(new byte[0]))).isInstanceOf(CorruptBlobException.class);
    }

    @Test
    void tellsWhatWasLastDecidedByWhomever() throws Exception {
        assertThat(datasets.newest(DATASET)).isEmpty();

        decide(datasets, "ingestions/a", DatasetDecision.rejected("a", "no such folder"));
        assertThat(datasets.newest(DATASET))
                .hasValueSatisfying(entry -> assertThat(entry.number()).isEqualTo(1));

        decide(storeOf("another"), "ingestions/b", DatasetDecision.ready("b", "sha256:d", "sha256:s"));
        assertThat(datasets.newest(DATASET)).hasValueSatisfying(entry -> {
            assertThat(entry.number()).isEqualTo(2);
            assertThat(entry.decision(DatasetDecision.class).digest()).contains("sha256:d");
        });
        assertThat(datasets.names()).containsExactly(DATASET);
    }

    private DatasetStore storeOf(String writer) {
        return new DatasetStore(store, blobs, writer, new Retry(Duration.ofMillis(1), Duration.ofMillis(10)));
    }

    private static void decide(DatasetStore datasets, String cause, DatasetDecision decision)
            throws InterruptedException {
        datasets.journal(DATASET).put(cause, (soFar, number) -> new Decision(decision, Optional.empty()));
    }

    private StagedDataset stage() throws IOException {
        ImageSet train =
                ImageSet.of(new ImageDimensions(1, 1, 1), new byte[] {0, 10, 20, 100}, new byte[] {1, 0, 1, 0});
        ImageSet test = ImageSet.of(new ImageDimensions(1, 1, 1), new byte[] {7, 8}, new byte[] {0, 1});
        return new DatasetReader(new IdxLimits(1000, 100, 10))
                .read(
                        new IdxFiles<>(images(train), labels(train), images(test), labels(test)),
                        new DatasetOptions(List.of(), 1),
                        folder);
    }

    private static IdxSource images(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeImages(set, out);
        return new IdxSource("images", () -> new ByteArrayInputStream(out.toByteArray()));
    }

    private static IdxSource labels(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeLabels(set, out);
        return new IdxSource("labels", () -> new ByteArrayInputStream(out.toByteArray()));
    }

    private MappedDataset load(DatasetStore from, Digest digest) {
        return new LocalDatasets(from, folder.resolve("copies")).load(digest, () -> {});
    }

    private List<Path> copies() throws IOException {
        try (var entries = Files.list(folder.resolve("copies"))) {
            return entries.toList();
        }
    }
}
