package io.catwalk.ingestion.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

import io.catwalk.objectstore.Digest;

/**
 * A copy of what came as a stream.
 *
 * @param digest of the bytes
 * @param bytes how many
 */
public record BoundedCopy(Digest digest, long bytes) {
    /**
     * Copies a stream into a file.
     *
     * @return empty when there are more bytes than the most; the rest isn't read then
     */
    public static Optional<BoundedCopy> of(InputStream in, Path target, long most) throws IOException {
        MessageDigest digest = Digest.newMessageDigest();
        long bytes = 0;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > most) {
                    return Optional.empty();
                }
                out.write(buffer, 0, read);
            }
        }
        return Optional.of(new BoundedCopy(Digest.finish(digest), bytes));
    }
}
