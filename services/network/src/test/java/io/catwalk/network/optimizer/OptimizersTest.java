package io.catwalk.network.optimizer;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptimizersTest {
    @Test
    void refuseValuesOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adam(1, 0.9f, 1e-8f))
                .withMessage("beta1 must be at least 0 and below 1, not 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(0.9f, -0.1f, 1e-8f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adam(Float.NaN, 0.9f, 1e-8f));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Adam(0.9f, 0.9f, 0))
                .withMessage("epsilon must be above 0 and finite, not 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> new AdamW(0.9f, 1, 1e-8f));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdamW(0.9f, 0.9f, Float.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> new RmsProp(1, 0, 1e-7f));
        assertThatIllegalArgumentException().isThrownBy(() -> new RmsProp(0.9f, 1, 1e-7f));
        assertThatIllegalArgumentException().isThrownBy(() -> new Sgd(-0.1f, false));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sgd(0, true))
                .withMessage("momentum must be above 0 with nesterov, not 0.0");
    }
}
