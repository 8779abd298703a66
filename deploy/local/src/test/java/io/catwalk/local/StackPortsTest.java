package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackPortsTest {
    @Test
    void nobodyMovesThem() {
        assertThat(StackPorts.of(Optional.empty())).isEqualTo(StackPorts.standard());
        assertThat(StackPorts.of(Optional.of(""))).isEqualTo(StackPorts.standard());
    }

    @Test
    void aBaseMovesThemAll() {
        assertThat(StackPorts.of(Optional.of("20000")))
                .isEqualTo(new StackPorts(
                        20_000,
                        20_001,
                        20_002,
                        20_003,
                        20_004,
                        20_005,
                        20_006,
                        20_008,
                        new StackPorts.Management(20_009, 20_010, 20_011, 20_012, 20_013)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "65528", "-1", "9092x", "99999999999"})
    void aBaseOutsideTheLimitsIsRefused(String base) {
        assertThatThrownBy(() -> StackPorts.of(Optional.of(base)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PORT_BASE is %s, must be a whole number from 1024 to 65522", base);
    }
}
