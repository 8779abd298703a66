package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.serving.Gzip;
import io.catwalk.serving.protocol.admission.BodyBudget;
import io.catwalk.serving.protocol.admission.BodyBuffer;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

class ContentCodingFuzzTest {
    private static final int MAX_BYTES = 100_000;
    /** The content grows by doubling; an inflater has its window and buffers. */
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(RefusedException.class).allocates(4 * MAX_BYTES + (1 << 17), 100);

    static Stream<byte[]> seeds() {
        byte[] one = Gzip.of(new byte[100]);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.writeBytes(one);
        two.writeBytes(Gzip.of("{}".getBytes(StandardCharsets.US_ASCII)));
        return Stream.of(one, two.toByteArray(), Gzip.of(new byte[MAX_BYTES + 1]));
    }

    @MethodSource("seeds")
    @FuzzTest
    void inflatesOrRefuses(byte[] body) {
        BodyBudget budget = new BodyBudget(1 << 20);
        PROPERTY.check(body.length, () -> {
                    try (BodyBuffer inflated = new BodyBuffer(budget, MAX_BYTES, Long.MAX_VALUE)) {
                        return ContentCoding.decode(body, Optional.of("gzip"), inflated);
                    }
                })
                .ifPresent(content -> assertThat(content).hasSizeLessThanOrEqualTo(MAX_BYTES));
        assertThat(budget.held()).isZero();
    }
}
