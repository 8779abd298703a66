package io.catwalk.ingestion.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.catwalk.objectstore.Name;

/** A folder for one attempt, gone with all that is in it when it is closed. */
record WorkFolder(Path path) implements AutoCloseable {
    static WorkFolder create(Path root, Name ingestion) throws IOException {
        Files.createDirectories(root);
        return new WorkFolder(Files.createTempDirectory(root, "ingestion-" + ingestion + "-"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
