package io.catwalk.network.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            List.of(tensor("a.kernel", List.of(2, 3), 1, 2, 3, 4, 5, 6), tensor("β", List.of(), Float.NaN)));

    @Test
    void hasTheDocumentedBytes() {
        Checkpoint one = new Checkpoint(List.of(tensor("w", List.of(2), 1, -2)));

        assertThat(one.encode())
                .asHexString()
                .isEqualTo(("43415457414C4B01" + "01000000" + "01000000" + "77" + "01000000" + "02000000" + "0000803F"
                        + "000000C0"));
    }

    @Property
    void roundTripsBitByBit(@ForAll("checkpoints") Checkpoint checkpoint) {
        byte[] bytes = checkpoint.encode();

        Checkpoint decoded = Checkpoint.decode(bytes);

        assertThat(decoded.tensors())
                .extracting(tensor -> tensor.name() + tensor.dimensions())
                .isEqualTo(checkpoint.tensors().stream()
                        .map(tensor -> tensor.name() + tensor.dimensions())
                        .toList());
        assertThat(decoded.encode()).isEqualTo(bytes);
    }

    @Test
    void refusesEachTruncation() {
        byte[] bytes = CHECKPOINT.encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(UnusableCheckpointException.class)
                    .as("%d of %d bytes", length, bytes.length)
                    .isThrownBy(() -> Checkpoint.decode(part));
        }
    }

    @Property
    void refusesOrReadsAnyDamage(@ForAll @IntRange(max = 67) int position, @ForAll byte value) {
        byte[] bytes = CHECKPOINT.encode();
        bytes[position] = value;
        try {
            assertThat(Checkpoint.decode(bytes).encode()).hasSameSizeAs(bytes);
        } catch (UnusableCheckpointException e) {
            assertThat(e).hasMessageContaining("no checkpoint: at byte");
        }
    }

    @Test
    void reportsInvalidArguments() {
        byte[] longer = Arrays.copyOf(CHECKPOINT.encode(), CHECKPOINT.encode().length + 3);
        assertThatExceptionOfType(UnusableCheckpointException.class)
                .isThrownBy(() -> Checkpoint.decode(longer))
                .withMessageContaining("3 bytes follow the last tensor");
        assertThatExceptionOfType(UnusableCheckpointException.class)
                .isThrownBy(() -> Checkpoint.decode("PK-something-else".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("it doesn't begin with CATWALK and version 1");
    }

    @Test
    void refusesAHugeShapeWithoutReservingIt() {
        byte[] bytes = new Checkpoint(List.of(tensor("w", List.of(2, 2), 1, 2, 3, 4))).encode();
        Arrays.fill(bytes, 21, 29, (byte) 0x7F);
        assertThatExceptionOfType(UnusableCheckpointException.class)
                .isThrownBy(() -> Checkpoint.decode(bytes))
                .withMessageContaining("dimension must be within 1..");
    }

    @Test
    void copiesItsValues() {
        float[] values = {1, 2};
        NamedTensor tensor = new NamedTensor("w", List.of(2), FloatBuffer.wrap(values));
        values[0] = 9;
        tensor.values().get();

        assertThat(tensor.toArray()).containsExactly(1, 2);
        assertThat(tensor.values().isReadOnly()).isTrue();
    }

    @Test
    void refusesAShapeThatDoesNotFitTheValuesAndDuplicateNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor("w", List.of(2, 2), 1, 2, 3))
                .withMessage("w: shape [2, 2] holds 4 values, not 3");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor("w", List.of(0)));
        NamedTensor tensor = tensor("w", List.of(1), 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint(List.of(tensor, tensor)));
    }

    @Provide
    Arbitrary<Checkpoint> checkpoints() {
        Arbitrary<List<Integer>> shapes =
                Arbitraries.integers().between(1, 4).list().ofMaxSize(3);
        Arbitrary<NamedTensor> tensors = shapes.flatMap(shape -> {
            int size = shape.stream().reduce(1, (a, b) -> a * b);
            Arbitrary<float[]> values = Arbitraries.integers()
                    .map(Float::intBitsToFloat)
                    .array(Float[].class)
                    .ofSize(size)
                    .map(CheckpointTest::unboxed);
            return Combinators.combine(Arbitraries.strings().alpha().ofMaxLength(5), values)
                    .as((name, array) -> tensor(name, shape, array));
        });
        return tensors.list().uniqueElements(NamedTensor::name).ofMaxSize(5).map(Checkpoint::new);
    }

    private static float[] unboxed(Float[] boxed) {
        float[] values = new float[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i];
        }
        return values;
    }

    private static NamedTensor tensor(String name, List<Integer> dimensions, float... values) {
        return new NamedTensor(name, dimensions, FloatBuffer.wrap(values));
    }
}
