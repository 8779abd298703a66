package io.catwalk.network.preprocessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PreprocessingTest {
    @Test
    void dividesUnsignedBytesBy255() {
        assertThat(Preprocessing.toUnit(new byte[] {0, 1, 127, (byte) 128, (byte) 255}))
                .containsExactly(0, 1 / 255f, 127 / 255f, 128 / 255f, 1);
    }

    @Test
    void writesOnlyTheGivenRange() {
        float[] target = {9, 9, 9, 9};
        Preprocessing.toUnit(new byte[] {0, (byte) 255, 0}, 1, target, 2, 1);
        assertThat(target).containsExactly(9, 9, 1, 9);
    }

    @Test
    void refusesARangeBeyondEitherArrayBeforeItWrites() {
        float[] target = {9, 9};
        assertThatThrownBy(() -> Preprocessing.toUnit(new byte[5], 0, target, 0, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Preprocessing.toUnit(new byte[1], 0, target, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(target).containsExactly(9, 9);
    }
}
