package io.catwalk.serving.loading;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
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
    private final ArchiveCache cache;
    private final EngineLoader engines;
    private final Path workFolder;
    private final long maxModelBytes;

    BlobEngineSource(Blobs blobs, LoadingConfig config, EngineLoader engines, InstantSource clock) {
        this.cache = new ArchiveCache(blobs, config.cacheFolder().resolve("archives"), config.maxCacheBytes(), clock);
        this.engines = engines;
        this.workFolder = config.cacheFolder().resolve("unpacked");
        this.maxModelBytes = config.maxModelBytes();
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
        Path folder = workFolder.resolve(archive.getFileName());
        try {
            deleteRecursively(workFolder);
            Files.createDirectories(workFolder);
            try (InputStream content = Files.newInputStream(archive)) {
                SavedModelArchive.unpack(content, folder, maxModelBytes);
                return engines.load(folder);
            } finally {
                deleteRecursively(workFolder);
            }
        } catch (UnusableArchiveException e) {
            throw new UnusableModelException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't unpack " + archive + " into " + workFolder, e);
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
