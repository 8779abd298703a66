package io.catwalk.modelarchives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelArchivesTest {
    private static final long PLENTY = 1 << 20;

    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void unpacksTheModelOnlyWhileItIsLoaded() throws IOException {
        Digest digest = put("weights");

        assertThat(load(PLENTY, digest)).isEqualTo("weights");
        assertThat(files()).containsExactly(cached(digest));
    }

    @Test
    void loadsACachedModelWithoutTheStore() {
        Digest digest = put("weights");
        load(PLENTY, digest);
        store.delete(Artifacts.blob(digest));

        assertThat(load(PLENTY, digest)).isEqualTo("weights");
    }

    @Test
    void keepsNoArchiveInACacheOfZeroBytes() throws IOException {
        load(0, put("weights"));

        assertThat(files()).isEmpty();
    }

    @Test
    void refusesMissingDamagedAndForeignContent() throws IOException {
        Digest damaged = put("weights");
        store.put(Artifacts.blob(damaged), flipped(archive("weights")));
        Digest foreign = new Blobs(store).put("no archive".getBytes(StandardCharsets.UTF_8));

        assertRefused(Digest.of(new byte[0]), "is missing");
        assertRefused(damaged, "holds other content");
        assertRefused(foreign, "no archive");
        assertThat(folder.resolve("unpacked")).isEmptyDirectory();
    }

    @Test
    void refusesAModelThatIsTooLarge() {
        Digest digest = put("weights");

        assertThatThrownBy(() -> archives(folder, 6, PLENTY).unpacked(digest, ModelArchivesTest::content))
                .isInstanceOf(UnusableArchiveException.class)
                .hasMessage("the archive holds more than 6 bytes");
    }

    @Tag("fault-23")
    @Test
    void reportsAFailingDisk() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Digest digest = put("weights");

        assertThatThrownBy(() -> archives(file, PLENTY, PLENTY).unpacked(digest, ModelArchivesTest::content))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("can't unpack model " + digest);
    }

    @Test
    void downloadsADamagedCachedArchiveAgain() throws IOException {
        Digest digest = put("weights");
        load(PLENTY, digest);
        Files.write(cached(digest), flipped(Files.readAllBytes(cached(digest))));

        assertThat(load(PLENTY, digest)).isEqualTo("weights");
        assertThat(Digest.of(cached(digest))).isEqualTo(digest);
    }

    @Test
    void evictsTheLeastRecentlyUsedArchive() throws IOException {
        Digest first = put("first");
        Digest second = put("second");
        Digest third = put("third");
        long twoArchives = archive("first").length + archive("second").length + 8;
        for (Digest digest : List.of(first, second, first, third)) {
            now = now.plusSeconds(1);
            load(twoArchives, digest);
        }

        assertThat(files()).containsExactlyInAnyOrder(cached(first), cached(third));
    }

    @Test
    void deletesWhatAKilledProcessLeftButNoLoadInProgress() throws IOException {
        Path left = Files.createDirectories(folder.resolve("unpacked/left"));
        Path inProgress = Files.createDirectories(folder.resolve("unpacked/in-progress"));
        Files.setLastModifiedTime(left, FileTime.from(now.minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(inProgress, FileTime.from(now.minus(Duration.ofMinutes(59))));

        load(PLENTY, put("weights"));

        assertThat(left).doesNotExist();
        assertThat(inProgress).exists();
    }

    @Test
    void loadsOneModelOnManyThreads() throws Exception {
        Digest digest = put("weights");
        ModelArchives archives = archives(folder, PLENTY, 0);
        CountDownLatch allUnpacked = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> loads = Stream.generate(() -> threads.submit(() -> archives.unpacked(digest, model -> {
                        await(allUnpacked);
                        return content(model);
                    })))
                    .limit(4)
                    .toList();
            for (Future<String> load : loads) {
                assertThat(load.get()).isEqualTo("weights");
            }
        }
        assertThat(files()).isEmpty();
    }

    private void assertRefused(Digest digest, String reason) {
        assertThatThrownBy(() -> load(PLENTY, digest))
                .isInstanceOf(UnusableArchiveException.class)
                .hasMessageContaining(reason);
    }

    private String load(long maxCacheBytes, Digest digest) {
        return archives(folder, PLENTY, maxCacheBytes).unpacked(digest, ModelArchivesTest::content);
    }

    private ModelArchives archives(Path folder, long maxModelBytes, long maxCacheBytes) {
        return new ModelArchives(new Blobs(store), folder, maxModelBytes, maxCacheBytes, () -> now);
    }

    private static String content(Path model) {
        try {
            return Files.readString(model.resolve("saved_model.pb"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path cached(Digest digest) {
        return folder.resolve("archives").resolve(digest.hex());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private Digest put(String content) {
        return new Blobs(store).put(archive(content));
    }

    private static byte[] archive(String content) {
        return SavedModelArchive.pack(
                new TreeMap<>(Map.of("saved_model.pb", content.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] flipped(byte[] content) {
        byte[] damaged = Arrays.copyOf(content, content.length);
        damaged[damaged.length / 2] ^= 1;
        return damaged;
    }
}
