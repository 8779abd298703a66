package io.catwalk.serving.protocol.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Decodes a body's {@code Content-Encoding}. */
final class ContentCoding {
    private static final int PART_BYTES = 1 << 13;
    private static final Set<String> PLAIN = Set.of("", "identity");
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private ContentCoding() {}

    /**
     * The content of a body.
     *
     * @param coding the header {@code Content-Encoding}
     * @param inflated takes the content if it isn't the body itself
     * @throws RefusedException with {@code UNSUPPORTED_MEDIA} or {@code BAD_INPUT}, or as {@link BodyBuffer#append}
     */
    static byte[] decode(byte[] body, Optional<String> coding, BodyBuffer inflated) {
        String name = coding.orElse("").strip().toLowerCase(Locale.ROOT);
        if (PLAIN.contains(name)) {
            return body;
        }
        if (!GZIP.contains(name)) {
            throw new RefusedException(
                    Refusal.UNSUPPORTED_MEDIA, "a body's Content-Encoding must be gzip or identity, if it is given");
        }
        try {
            inflate(body, inflated);
        } catch (IOException e) {
            throw RefusedException.badInput("the body isn't gzip, as its Content-Encoding says: " + e.getMessage());
        }
        return inflated.content();
    }

    /** All members of the body, one after the other. Source: RFC 1952, 2.2. */
    private static void inflate(byte[] body, BodyBuffer inflated) throws IOException {
        try (InputStream content = GzipCompressorInputStream.builder()
                .setInputStream(new ByteArrayInputStream(body))
                .setDecompressConcatenated(true)
                .get()) {
            byte[] part = new byte[PART_BYTES];
            for (int read = content.read(part); read >= 0; read = content.read(part)) {
                inflated.append(part, read);
            }
        }
    }
}
