package io.catwalk.chassis.datasets;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** A folder for the copies of one dataset's files, gone with them when it is closed. */
record CopyFolder(Path path) implements AutoCloseable {
    /** Somebody who copies writes something far more often. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** A new one below a folder that processes may share; what killed ones left there is deleted. */
    static CopyFolder create(Path shared) throws IOException {
        Files.createDirectories(shared);
        CopyFolder own = new CopyFolder(Files.createTempDirectory(shared, "dataset"));
        Instant left = own.lastWrite().minus(LONGEST_PAUSE);
        try (DirectoryStream<Path> others = Files.newDirectoryStream(shared, "dataset*")) {
            for (Path other : others) {
                CopyFolder copies = new CopyFolder(other);
                if (copies.lastWrite().isBefore(left)) {
                    copies.close();
                }
            }
        }
        return own;
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(path);
    }

    /** {@link Instant#MAX} for one that was just deleted. */
    private Instant lastWrite() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            FileTime last = Files.getLastModifiedTime(path);
            for (Path file : files) {
                FileTime written = Files.getLastModifiedTime(file);
                last = written.compareTo(last) > 0 ? written : last;
            }
            return last.toInstant();
        } catch (NoSuchFileException e) {
            return Instant.MAX;
        }
    }
}
