package io.catwalk.evaluation.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class PredictedClassesFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(IllegalArgumentException.class).allocates(1 << 16, 100);

    static Stream<byte[]> seeds() {
        return Stream.of(new PredictedClasses(List.of(0, 7, 255)).encode(), new PredictedClasses(List.of()).encode());
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesOrRefuses(byte[] idx) {
        PROPERTY.check(idx.length, () -> PredictedClasses.decode(idx))
                .ifPresent(predicted -> assertThat(predicted.encode()).isEqualTo(idx));
    }
}
