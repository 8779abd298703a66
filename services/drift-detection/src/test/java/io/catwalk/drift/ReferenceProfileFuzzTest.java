package io.catwalk.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceProfileFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(IOException.class).allocates(1 << 19, 500);

    static Stream<byte[]> seeds() {
        return Stream.of(
                Populations.profile(100, new Random(3)).write(),
                "null".getBytes(StandardCharsets.US_ASCII),
                new byte[0]);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] json) {
        PROPERTY.check(json.length, () -> ReferenceProfile.read(json)).ifPresent(profile -> {
            assertThat(profile.images()).isPositive();
            assertThat(profile.predicted()).hasSameSizeAs(profile.labels());
        });
    }
}
