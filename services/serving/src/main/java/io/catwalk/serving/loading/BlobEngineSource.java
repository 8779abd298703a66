package io.catwalk.serving.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineLoader;
import io.catwalk.serving.engine.UnusableModelException;
import io.catwalk.serving.registry.ModelVersion;

/** Engines from the store's blobs: fetched and checked by digest, unpacked beside the cache, and there only while loading. */
final class BlobEngineSource implements EngineSource {
    private static final Duration LONGEST_LOAD = Duration.ofHours(1);

    private final ArchiveCache cache;
    private final EngineLoader engines;
    private final Path workFolder;
    private final long maxModelBytes;
    private final InstantSource clock;

    BlobEngineSource(Blobs blobs, LoadingConfig config, EngineLoader engines, InstantSource clock) {
        this.cache = new ArchiveCache(blobs, config.cacheFolder().resolve("archives"), config.maxCacheBytes(), clock);
        this.engines = engines;
        this.workFolder = config.cacheFolder().resolve("unpacked");
        this.maxModelBytes = config.maxModelBytes();
        this.clock = clock;
    }

    @Override
    public Engine open(ModelVersion version) {
        try {
            return load(cache.fetch(version.digest()));
        } catch (CorruptBlobException e) {
            throw new UnusableModelException(e.getMessage(), e);
        }
    }

    private Engine load(Path archive) {
        try {
            Files.createDirectories(workFolder);
            deleteLeftovers();
            Path own = Files.createTempDirectory(workFolder, "load");
            try (InputStream content = Files.newInputStream(archive)) {
                Path folder = own.resolve("model");
                SavedModelArchive.unpack(content, folder, maxModelBytes);
                return engines.load(folder);
            } finally {
                deleteRecursively(own);
            }
        } catch (UnusableArchiveException e) {
            throw new UnusableModelException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't unpack " + archive + " into " + workFolder, e);
        }
    }

    /** Deletes what a killed process left; another one beside this may be loading, but not for so long. */
    private void deleteLeftovers() throws IOException {
        Instant oldest = clock.instant().minus(LONGEST_LOAD);
        for (Path left : list(workFolder)) {
            if (Files.getLastModifiedTime(left).toInstant().isBefore(oldest)) {
                deleteRecursively(left);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
