package io.catwalk.pictureset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.dataset.BadDatasetException;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class PictureArchiveFuzzTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(20, 1 << 18, 1 << 16, 100);
    /** A header of a tar may have a MiB, which grows by doubling; buffers, inflaters and what the limits allow. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(BadDatasetException.class).allocates(16 << 20, 200);

    static Stream<byte[]> seeds() {
        Map<String, byte[]> files = Map.of("a/1.png", new byte[100], "b/", new byte[0]);
        return Stream.of(
                Archives.zip(files),
                Archives.tar(files),
                Archives.gzip(Archives.tar(files)),
                Archives.tar(Map.of("a/" + "x".repeat(200), new byte[1])));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] archive) {
        PROPERTY.check(archive.length, () -> Archives.read(archive, LIMITS))
                .ifPresent(entries -> assertThat(entries).hasSizeLessThanOrEqualTo(LIMITS.maxEntries()));
    }
}
