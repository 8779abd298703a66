package io.catwalk.network.optimizer;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class AdamTest {
    @Test
    void refusesValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Adam.of(0))
                .withMessage("learningRate must be above 0 and finite, not 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Adam.of(Float.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Adam.of(Float.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(1e-3f, 1, 0.9f, 1e-8f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(1e-3f, 0.9f, -0.1f, 1e-8f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(1e-3f, 0.9f, 0.9f, 0));
    }
}
