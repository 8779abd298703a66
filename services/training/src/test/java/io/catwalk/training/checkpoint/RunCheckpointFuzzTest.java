package io.catwalk.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.checkpoint.Checkpoint;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.training.loop.Position;
import org.junit.jupiter.params.provider.MethodSource;

class RunCheckpointFuzzTest {
    private static final ParserProperty PROPERTY =
            ParserProperty.refusesWith(UnusableCheckpointException.class).allocates(1 << 19, 500);

    static Stream<byte[]> seeds() {
        Checkpoint state =
                new Checkpoint(List.of(new NamedTensor("bias", List.of(1), FloatBuffer.wrap(new float[] {1}))));
        return Stream.of(new RunCheckpoint(7, Position.start(), state).encode());
    }

    @MethodSource("seeds")
    @FuzzTest
    void decodesOrRefuses(byte[] bytes) {
        PROPERTY.check(bytes.length, () -> RunCheckpoint.decode(bytes)).ifPresent(checkpoint -> {
            assertThat(checkpoint.position()).isNotNull();
            assertThat(checkpoint.position().best()).isNotNull();
        });
    }
}
