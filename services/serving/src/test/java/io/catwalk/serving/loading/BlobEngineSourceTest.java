package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.engine.UnusableModelException;
import io.catwalk.serving.registry.ModelVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobEngineSourceTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());

    @TempDir
    private Path cache;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void unpacksTheArchiveForTheLoaderAndRemovesItAfterwards() throws IOException {
        Engine engine = source(1 << 20).open(version(put("weights")));

        assertThat(engine.name()).isEqualTo("fake");
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void aRestartNeedsNoStore() {
        Digest digest = put("weights");
        source(1 << 20).open(version(digest));
        store.delete(Artifacts.blob(digest));

        assertThat(source(1 << 20).open(version(digest)).name()).isEqualTo("fake");
    }

    @Test
    void aFlippedBitInTheStoreIsRefusedByTheDigest() {
        Digest digest = put("weights");
        byte[] damaged = archive("weights");
        damaged[damaged.length / 2] ^= 1;
        store.put(Artifacts.blob(digest), damaged);

        assertThatThrownBy(() -> source(1 << 20).open(version(digest)))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("holds other content");
    }

    @Test
    void aFlippedBitInTheCacheIsFetchedAgain() throws IOException {
        Digest digest = put("weights");
        source(1 << 20).open(version(digest));
        Path cached = cache.resolve("archives").resolve(digest.hex());
        byte[] damaged = Files.readAllBytes(cached);
        damaged[damaged.length / 2] ^= 1;
        Files.write(cached, damaged);

        source(1 << 20).open(version(digest));
        assertThat(Digest.of(cached)).isEqualTo(digest);
    }

    @Test
    void whatIsNoArchiveIsRefused() {
        Digest digest = new Blobs(store).put("no archive".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> source(1 << 20).open(version(digest)))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageStartingWith("no archive");
    }

    @Test
    void theCacheKeepsToItsBoundAndToTheLatestUsed() throws IOException {
        Digest first = put("first");
        Digest second = put("second");
        Digest third = put("third");
        long twoArchives = archive("first").length + archive("second").length + 8;
        for (Digest digest : new Digest[] {first, second, first, third}) {
            now = now.plusSeconds(1);
            source(twoArchives).open(version(digest));
        }

        try (Stream<Path> files = Files.list(cache.resolve("archives"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(first.hex(), third.hex());
        }
    }

    private BlobEngineSource source(long maxCacheBytes) {
        return new BlobEngineSource(new Blobs(store), new Config(cache, maxCacheBytes), this::load, () -> now);
    }

    private Engine load(Path folder) {
        try {
            assertThat(Files.readString(folder.resolve("saved_model.pb"))).isNotEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FakeEngine(0.5f);
    }

    private Digest put(String content) {
        return new Blobs(store).put(archive(content));
    }

    private static byte[] archive(String content) {
        return SavedModelArchive.pack(
                new TreeMap<>(Map.of("saved_model.pb", content.getBytes(StandardCharsets.UTF_8))));
    }

    private static ModelVersion version(Digest digest) {
        return new ModelVersion(Rig.FASHION, 1, digest, FakeEngine.SHAPE, Rig.LABELS, 1);
    }

    private record Config(Path cacheFolder, long maxCacheBytes) implements LoadingConfig {
        @Override
        public long maxModelBytes() {
            return 1 << 20;
        }

        @Override
        public Duration retry() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration maxRetry() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration refusedRetry() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration metricsGrace() {
            return Duration.ofMinutes(10);
        }
    }
}
