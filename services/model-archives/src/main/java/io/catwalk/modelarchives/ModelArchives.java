package io.catwalk.modelarchives;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.StoreUnavailableException;
import org.apache.commons.io.file.PathUtils;
import org.apache.commons.io.function.IOSupplier;

/** Models from the store's blobs, on the local disk while they are loaded. Several processes may share the folder. */
public final class ModelArchives {
    private static final Duration LONGEST_LOAD = Duration.ofHours(1);

    private final ArchiveCache cache;
    private final Path workFolder;
    private final long maxModelBytes;
    private final InstantSource clock;

    /**
     * @param folder for archives and unpacked models; created if missing
     * @param maxModelBytes of one model, unpacked
     * @param maxCacheBytes of archives that stay on disk; 0 keeps none
     */
    public ModelArchives(Blobs blobs, Path folder, long maxModelBytes, long maxCacheBytes, InstantSource clock) {
        this.cache = new ArchiveCache(blobs, folder.resolve("archives"), maxCacheBytes, clock);
        this.workFolder = folder.resolve("unpacked");
        this.maxModelBytes = maxModelBytes;
        this.clock = clock;
    }

    /**
     * Downloads and unpacks a model, and loads it.
     *
     * @param loader of the unpacked SavedModel's folder, which is deleted afterwards
     * @throws UnusableArchiveException when the archive is missing, damaged or too large
     * @throws StoreUnavailableException when the archive couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails
     */
    <T> T unpacked(Digest archive, Function<Path, T> loader) {
        return load("can't unpack model " + archive + " in " + workFolder, () -> {
            Files.createDirectories(workFolder);
            deleteLeftovers();
            Path own = Files.createTempDirectory(workFolder, "load");
            try {
                Path model = own.resolve("model");
                unpack(archive, model);
                return loader.apply(model);
            } finally {
                PathUtils.deleteDirectory(own);
            }
        });
    }

    /**
     * Downloads a model that is one file, and loads it.
     *
     * @param loader of the file, which may be deleted afterwards
     * @throws UnusableArchiveException when the file is missing, damaged or too large
     * @throws StoreUnavailableException when it couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails
     */
    synchronized <T> T asStored(Digest model, Function<Path, T> loader) {
        return load("can't load model " + model, () -> {
            try {
                Path file = cache.fetch(model);
                if (Files.size(file) > maxModelBytes) {
                    throw new UnusableArchiveException("the model holds more than %d bytes".formatted(maxModelBytes));
                }
                return loader.apply(file);
            } finally {
                cache.release(model);
            }
        });
    }

    /** @param failure says what an exception of the disk means */
    private static <T> T load(String failure, IOSupplier<T> model) {
        try {
            return model.get();
        } catch (CorruptBlobException e) {
            throw new UnusableArchiveException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(failure, e);
        }
    }

    /** One at a time: no other load of this process may evict the archive before it is unpacked. */
    private synchronized void unpack(Digest archive, Path model) throws IOException {
        try (InputStream content = Files.newInputStream(cache.fetch(archive))) {
            SavedModelArchive.unpack(content, model, maxModelBytes);
        } finally {
            cache.release(archive);
        }
    }

    /** Deletes what a killed process left. A process that shares the folder may be loading, but not for so long. */
    private void deleteLeftovers() throws IOException {
        Instant oldest = clock.instant().minus(LONGEST_LOAD);
        for (Path left : list(workFolder)) {
            if (modified(left).isBefore(oldest)) {
                PathUtils.deleteDirectory(left);
            }
        }
    }

    /** {@link Instant#MAX} for a folder that another load has just deleted. */
    private static Instant modified(Path folder) throws IOException {
        try {
            return Files.getLastModifiedTime(folder).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
