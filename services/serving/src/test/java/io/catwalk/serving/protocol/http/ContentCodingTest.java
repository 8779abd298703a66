package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import io.catwalk.serving.Gzip;
import io.catwalk.serving.protocol.admission.BodyBudget;
import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContentCodingTest {
    private static final int MAX_BYTES = 100_000;

    private final BodyBudget budget = new BodyBudget(1 << 20);

    @Test
    void aBodyWithoutACodingIsItsOwnContent() {
        byte[] body = bytes("{}");

        assertThat(decode(body, Optional.empty())).isSameAs(body);
        assertThat(decode(body, Optional.of("identity"))).isSameAs(body);
        assertThat(budget.held()).isZero();
    }

    @Test
    void inflatesGzipUpToTheLimit() throws IOException {
        byte[] content = new byte[MAX_BYTES];

        assertThat(decode(Gzip.of(content), Optional.of("GZIP"))).isEqualTo(content);
        byte[] bomb = Gzip.of(new byte[MAX_BYTES + 1]);
        assertThat(bomb).hasSizeLessThan(1_000);
        assertRefused(Refusal.TOO_LARGE, () -> decode(bomb, Optional.of("gzip")));
    }

    @Test
    void readsAllMembersAsOneContent() throws IOException {
        byte[] members = joined(Gzip.of(bytes("{\"a\":")), Gzip.of(new byte[0]), Gzip.of(bytes("1}")));

        assertThat(decode(members, Optional.of("gzip"))).isEqualTo(bytes("{\"a\":1}"));
    }

    @Test
    void countlessMembersAreBoundedAsOne() throws IOException {
        byte[] empty = Gzip.of(new byte[0]);
        byte[] members = new byte[400_000 * empty.length];
        for (int start = 0; start < members.length; start += empty.length) {
            System.arraycopy(empty, 0, members, start, empty.length);
        }
        assertThat(decode(members, Optional.of("gzip"))).isEmpty();

        byte[] half = Gzip.of(new byte[MAX_BYTES / 2]);
        assertRefused(Refusal.TOO_LARGE, () -> decode(joined(half, half, Gzip.of(new byte[1])), Optional.of("gzip")));
    }

    @Test
    void refusesDamagedGzipAndOtherCodings() throws IOException {
        byte[] whole = Gzip.of(bytes("{\"instances\":[]}"));
        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1;

        for (int length = 1; length < whole.length; length++) {
            byte[] truncated = Arrays.copyOf(whole, length);
            assertRefused(Refusal.BAD_INPUT, () -> decode(truncated, Optional.of("gzip")));
        }
        assertRefused(Refusal.BAD_INPUT, () -> decode(damaged, Optional.of("gzip")));
        assertRefused(Refusal.BAD_INPUT, () -> decode(joined(whole, bytes("more")), Optional.of("gzip")));
        assertRefused(Refusal.BAD_INPUT, () -> decode(new byte[20], Optional.of("gzip")));
        assertRefused(Refusal.UNSUPPORTED_MEDIA, () -> decode(new byte[0], Optional.of("br")));
        assertRefused(Refusal.UNSUPPORTED_MEDIA, () -> decode(new byte[0], Optional.of("gzip, gzip")));
    }

    private byte[] decode(byte[] body, Optional<String> coding) {
        return ContentCoding.decode(body, coding, new BodyBuffer(budget, MAX_BYTES, Long.MAX_VALUE));
    }

    private static void assertRefused(Refusal refusal, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
