package io.catwalk.network.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnusableCheckpointException.class).allocates(1 << 16, 200);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        new Checkpoint(List.of()),
                        new Checkpoint(List.of(
                                new NamedTensor("dense.bias", List.of(3), FloatBuffer.wrap(new float[3])),
                                new NamedTensor("adam.step", List.of(), FloatBuffer.wrap(new float[1])))))
                .map(Checkpoint::encode);
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesOrRefuses(byte[] bytes) {
        PROPERTY.check(bytes.length, () -> Checkpoint.decode(bytes))
                .ifPresent(checkpoint -> assertThat(checkpoint.encode()).isEqualTo(bytes));
    }
}
