package io.catwalk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.apache.commons.io.FileUtils;

/** The lock of a stack on its data folder, which two stacks must not share. */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "lock";

    private final Path folder;
    private final FileChannel channel;

    private DataFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws StackSetupException when another stack has locked it, or it contains other files than a stack's data */
    static DataFolder hold(Path folder) {
        try {
            Files.createDirectories(folder);
            Path lock = folder.resolve(LOCK);
            if (!Files.exists(lock) && !children(folder).isEmpty()) {
                throw new StackSetupException(folder + " holds other files than a stack's: give another with --data");
            }
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new StackSetupException(folder + " is in use by another stack: stop it, or give --data");
            }
            return new DataFolder(folder, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("can't use " + folder, e);
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Deletes what earlier stacks left. */
    void clear() {
        try {
            for (Path child : children(folder)) {
                if (!child.endsWith(LOCK)) {
                    FileUtils.forceDelete(child.toFile());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't clear " + folder, e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release the data folder", e);
        }
    }
}
