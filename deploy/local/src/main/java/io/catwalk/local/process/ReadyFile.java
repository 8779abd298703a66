package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a child creates once it does its work, and that its starter deletes before it starts one. */
public record ReadyFile(Path path) implements Readiness {
    @Override
    public boolean isReady() {
        return Files.exists(path);
    }

    /** Creates it with this process's id as its content; it appears whole. */
    public void create() throws IOException {
        Path written = Files.writeString(
                path.resolveSibling(path.getFileName() + ".new"),
                Long.toString(ProcessHandle.current().pid()));
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    }

    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + path, e);
        }
    }
}
