package io.catwalk.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Set<String> KNOWN = Set.of("--port", "--data");

    @Test
    void pairsAreFoundByName() {
        Arguments arguments = Arguments.parse(List.of("--data", "here", "--port", "80"), KNOWN);
        assertThat(arguments.required("--data")).isEqualTo("here");
        assertThat(arguments.number("--port", 1, 80)).contains(80);
        assertThat(Arguments.parse(List.of(), KNOWN).text("--data")).isEmpty();
    }

    @Test
    void whatIsNotAKnownPairIsRefused() {
        assertRefused("unknown argument --prot; known are --data, --port", "--prot", "80");
        assertRefused("--port has no value", "--port");
        assertRefused("--port stands twice", "--port", "1", "--port", "2");
    }

    @Test
    void whatIsMissingOrOutsideItsLimitsIsNamed() {
        Arguments arguments = Arguments.parse(List.of("--port", "81"), KNOWN);
        assertThatThrownBy(() -> arguments.required("--data")).hasMessage("--data is missing");
        assertThatThrownBy(() -> arguments.number("--port", 1, 80))
                .hasMessage("--port is 81, must be a whole number from 1 to 80");
    }

    private static void assertRefused(String message, String... words) {
        assertThatThrownBy(() -> Arguments.parse(List.of(words), KNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
