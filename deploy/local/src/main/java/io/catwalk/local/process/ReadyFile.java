package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a child creates once it does its work, and that its starter deletes before it starts one. */
public record ReadyFile(Path path) implements Readiness {
    @Override
    public boolean isReady() {
        return Files.exists(path);
    }

    public void create() throws IOException {
        Files.writeString(path, Long.toString(ProcessHandle.current().pid()));
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + path, e);
        }
    }
}
