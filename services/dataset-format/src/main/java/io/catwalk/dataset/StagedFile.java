package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An uncompressed IDX file on the disk, checked.
 *
 * @param name what messages call it
 * @param file its digest and length
 */
public record StagedFile(String name, Path path, IdxHeader header, DatasetFile file) {
    /** All of it in memory: for labels. */
    IdxData load() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            in.skipNBytes(header.headerBytes());
            byte[] body = in.readNBytes(Math.toIntExact(header.bodyBytes()));
            if (body.length < header.bodyBytes()) {
                throw new IOException(path + " was cut after it was checked");
            }
            return new IdxData(name, header, body, file);
        }
    }
}
