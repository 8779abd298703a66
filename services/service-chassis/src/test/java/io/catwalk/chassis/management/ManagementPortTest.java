package io.catwalk.chassis.management;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ManagementPortTest {
    @Test
    void isAnotherThanTheApis() {
        assertThatThrownBy(() -> ManagementPort.requireOwn(8080, 8080))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quarkus.management.port is 8080, must be another than quarkus.http.port");
        assertThatCode(() -> ManagementPort.requireOwn(8090, 8080)).doesNotThrowAnyException();
        assertThatCode(() -> ManagementPort.requireOwn(0, 0)).doesNotThrowAnyException();
    }
}
