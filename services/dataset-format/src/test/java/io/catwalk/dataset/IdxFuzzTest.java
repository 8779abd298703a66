package io.catwalk.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class IdxFuzzTest {
    private static final IdxLimits LIMITS = new IdxLimits(1 << 16, 1000, 64);
    /** Buffers for reading and inflating, and the file itself, which grows by doubling. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(BadIdxException.class).allocates(4 * LIMITS.maxBytes() + (1 << 19), 20);

    static Stream<byte[]> seeds() {
        byte[] images = IdxBytes.images(3, 4, 5);
        byte[] labels = IdxBytes.join(IdxBytes.header(0x0801, 3), new byte[] {1, 2, 3});
        return Stream.of(
                images,
                labels,
                IdxBytes.gzip(images),
                IdxBytes.join(IdxBytes.gzip(images), IdxBytes.gzip(new byte[0]), new byte[4]),
                IdxBytes.gzip(new byte[1 << 17]));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] file) {
        for (IdxKind kind : IdxKind.values()) {
            PROPERTY.check(file.length, () -> IdxBytes.idx(kind, "file", IdxBytes.stream(file), LIMITS))
                    .ifPresent(data -> assertThat(data.body().length).isLessThanOrEqualTo((int) LIMITS.maxBytes()));
        }
    }
}
