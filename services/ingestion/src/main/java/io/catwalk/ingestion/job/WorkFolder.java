package io.catwalk.ingestion.job;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.catwalk.objectstore.Name;
import org.apache.commons.io.file.PathUtils;

/** A folder for one attempt at an ingestion, gone with all that is in it when it is closed. */
record WorkFolder(Path path) implements AutoCloseable {
    /** A new folder; what an earlier attempt at this ingestion left behind, as by a kill, is deleted. */
    static WorkFolder create(Path root, Name ingestion) throws IOException {
        Path own = root.resolve(ingestion.value());
        delete(own);
        Files.createDirectories(own);
        return new WorkFolder(Files.createTempDirectory(own, "attempt-"));
    }

    @Override
    public void close() throws IOException {
        delete(path);
        try {
            Files.deleteIfExists(path.getParent());
        } catch (DirectoryNotEmptyException e) {
            // Another replica on this machine has claimed the ingestion.
            return;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            PathUtils.deleteDirectory(folder);
        }
    }
}
