package io.catwalk.serving.protocol.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final int MAX_BYTES = 1_000;

    private long nanos;
    private final BodyReader reader = new BodyReader(MAX_BYTES, Duration.ofSeconds(1), () -> nanos);

    @Test
    void readsABodyUpToItsLimit() {
        byte[] body = new byte[MAX_BYTES];
        body[999] = 7;

        assertThat(read(body, Optional.of(1_000L), Optional.empty())).isEqualTo(body);
        assertThat(read(body, Optional.empty(), Optional.of("identity"))).isEqualTo(body);
    }

    @Test
    void refusesWhatIsLargerByItsDeclarationOrByItself() {
        assertRefused(Refusal.TOO_LARGE, () -> read(new byte[0], Optional.of(Long.MAX_VALUE), Optional.empty()));
        assertRefused(Refusal.TOO_LARGE, () -> read(new byte[1_001], Optional.empty(), Optional.empty()));
        assertRefused(Refusal.TOO_LARGE, () -> read(new byte[1_001], Optional.of(10L), Optional.empty()));
    }

    @Test
    void inflatesGzipUpToTheSameLimit() throws IOException {
        byte[] body = new byte[MAX_BYTES];

        assertThat(read(gzip(body), Optional.empty(), Optional.of("GZIP"))).isEqualTo(body);
        byte[] bomb = gzip(new byte[900_000]);
        assertThat(bomb).hasSizeLessThan(MAX_BYTES);
        assertRefused(Refusal.TOO_LARGE, () -> read(bomb, Optional.empty(), Optional.of("gzip")));
    }

    @Test
    void refusesDamagedGzipAndOtherCodings() throws IOException {
        byte[] truncated = Arrays.copyOf(gzip(new byte[MAX_BYTES]), 15);

        assertRefused(Refusal.BAD_INPUT, () -> read(truncated, Optional.empty(), Optional.of("gzip")));
        assertRefused(Refusal.BAD_INPUT, () -> read(new byte[20], Optional.empty(), Optional.of("gzip")));
        assertRefused(Refusal.UNSUPPORTED_MEDIA, () -> read(new byte[0], Optional.empty(), Optional.of("br")));
        assertRefused(Refusal.UNSUPPORTED_MEDIA, () -> read(new byte[0], Optional.empty(), Optional.of("gzip, gzip")));
    }

    @Test
    void refusesABodyThatDripsIn() {
        InputStream drip = new InputStream() {
            @Override
            public int read() {
                nanos += Duration.ofMillis(300).toNanos();
                return 1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };

        assertRefused(Refusal.SLOW_BODY, () -> reader.read(drip, Optional.empty(), Optional.empty()));
    }

    @Test
    void aBodyThatBreaksOffIsBadInput() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }
        };

        assertRefused(Refusal.BAD_INPUT, () -> reader.read(broken, Optional.empty(), Optional.empty()));
    }

    private byte[] read(byte[] body, Optional<Long> length, Optional<String> coding) {
        return reader.read(new ByteArrayInputStream(body), length, coding);
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }
}
