package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class ConfidencesFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(IllegalArgumentException.class).allocates(1 << 16, 100);

    static Stream<byte[]> seeds() {
        return Stream.of(Confidences.of(new Predictions(2, new float[] {.75f, .25f}, new int[1]))
                .encode());
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesOrRefuses(byte[] idx) {
        PROPERTY.check(idx.length, () -> Confidences.decode(idx))
                .ifPresent(kept -> assertThat(kept.encode()).isEqualTo(idx));
    }
}
