package io.catwalk.modelarchives;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;

/** Archives on the local disk by their digests, up to a number of bytes; a damaged one is downloaded again. Not thread-safe. */
final class ArchiveCache {
    private final Blobs blobs;
    private final Path folder;
    private final long maxBytes;
    private final InstantSource clock;

    ArchiveCache(Blobs blobs, Path folder, long maxBytes, InstantSource clock) {
        this.blobs = blobs;
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /**
     * The archive with that content, from the disk or else from the store.
     *
     * @throws UncheckedIOException when the disk doesn't take it
     */
    Path fetch(Digest digest) {
        Path archive = folder.resolve(digest.hex());
        try {
            if (!Files.isRegularFile(archive) || !Digest.of(archive).equals(digest)) {
                blobs.download(digest, archive);
            }
            Files.setLastModifiedTime(archive, FileTime.from(clock.instant()));
            evictOthers(archive);
        } catch (IOException e) {
            throw new UncheckedIOException("can't keep the archive " + digest + " in " + folder, e);
        }
        return archive;
    }

    /** Ends the use of an archive, which stays unless the cache keeps none. */
    void release(Digest digest) throws IOException {
        if (maxBytes == 0) {
            Files.deleteIfExists(folder.resolve(digest.hex()));
        }
    }

    private void evictOthers(Path needed) throws IOException {
        Deque<Path> oldestFirst = new ArrayDeque<>(archives());
        long bytes = 0;
        for (Path archive : oldestFirst) {
            bytes += Files.size(archive);
        }
        while (bytes > maxBytes && !oldestFirst.isEmpty()) {
            Path oldest = oldestFirst.removeFirst();
            if (!oldest.equals(needed)) {
                bytes -= Files.size(oldest);
                Files.delete(oldest);
            }
        }
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(ArchiveCache::lastUsed))
                    .toList();
        }
    }

    private static FileTime lastUsed(Path archive) {
        try {
            return Files.getLastModifiedTime(archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
