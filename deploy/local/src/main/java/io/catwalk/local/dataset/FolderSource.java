package io.catwalk.local.dataset;

import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that the user has filled. */
record FolderSource(Path path) implements DatasetSource {
    @Override
    public Path folder() {
        if (!Files.isDirectory(path)) {
            throw new DatasetMissingException(path + " isn't there");
        }
        return path;
    }
}
