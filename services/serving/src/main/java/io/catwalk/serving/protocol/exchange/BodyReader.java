package io.catwalk.serving.protocol.exchange;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/** Reads bodies whole, bounded in bytes after inflating and in time. */
final class BodyReader {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Set<String> PLAIN = Set.of("", "identity");
    private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

    private final int maxBytes;
    private final Duration timeout;
    private final LongSupplier nanoClock;

    BodyReader(int maxBytes, Duration timeout, LongSupplier nanoClock) {
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        this.nanoClock = nanoClock;
    }

    /**
     * @param declaredLength the header {@code Content-Length}, when it is given and a number
     * @param coding the header {@code Content-Encoding}
     * @throws RefusedException with {@code TOO_LARGE}, {@code SLOW_BODY}, {@code UNSUPPORTED_MEDIA} or {@code BAD_INPUT}
     */
    byte[] read(InputStream body, Optional<Long> declaredLength, Optional<String> coding) {
        declaredLength.filter(length -> length > maxBytes).ifPresent(length -> {
            throw tooLarge();
        });
        String name = coding.orElse("").strip().toLowerCase(Locale.ROOT);
        try {
            if (PLAIN.contains(name)) {
                return read(body, declaredLength.orElse(0L).intValue());
            }
            if (GZIP.contains(name)) {
                return inflate(body);
            }
        } catch (IOException e) {
            throw RefusedException.badInput("the body broke off");
        }
        throw new RefusedException(
                Refusal.UNSUPPORTED_MEDIA, "a body's Content-Encoding must be gzip or identity, if it is given");
    }

    private byte[] inflate(InputStream body) throws IOException {
        try {
            return read(new GZIPInputStream(body), 0);
        } catch (ZipException | EOFException e) {
            throw RefusedException.badInput("the body isn't gzip, as its Content-Encoding says: " + e.getMessage());
        }
    }

    private byte[] read(InputStream in, int expectedBytes) throws IOException {
        long deadline = nanoClock.getAsLong() + timeout.toNanos();
        ByteArrayOutputStream content = new ByteArrayOutputStream(Math.max(expectedBytes, 32));
        byte[] buffer = new byte[Math.min(BUFFER_BYTES, Math.max(expectedBytes, 1_024) + 1)];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            content.write(buffer, 0, read);
            if (content.size() > maxBytes) {
                throw tooLarge();
            }
            if (nanoClock.getAsLong() - deadline > 0) {
                throw new RefusedException(
                        Refusal.SLOW_BODY, "the body took longer than " + timeout.toMillis() + " ms to arrive");
            }
        }
        return content.toByteArray();
    }

    private RefusedException tooLarge() {
        return new RefusedException(Refusal.TOO_LARGE, "the body must be at most " + maxBytes + " bytes");
    }
}
