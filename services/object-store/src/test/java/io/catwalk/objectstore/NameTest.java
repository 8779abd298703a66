package io.catwalk.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "%2e%2e", "a\u0000", "a\n", "A", ".a", "-a", "ü"})
    void refusesWhatIsNotSafeInAKey(String value) {
        assertThatThrownBy(() -> new Name(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesUpTo63Characters() {
        assertThat(new Name("a".repeat(63)).value()).hasSize(63);
        assertThat(Name.isValid("a".repeat(64))).isFalse();
        assertThat(Artifacts.labelLine(new Name("fashion"), new Name("stable")))
                .hasToString("models/fashion/labels/stable/journal/");
    }
}
