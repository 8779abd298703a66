package io.catwalk.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Test;

class ParserPropertyTest {
    private final ParserProperty property = ParserProperty.refusesWith(NumberFormatException.class);

    @Test
    void takesValuesAndRefusals() {
        assertThat(property.check(1, () -> Integer.parseInt("7"))).contains(7);
        assertThat(property.check(1, () -> Integer.parseInt("x"))).isEmpty();
    }

    @Test
    void findsOtherExceptionsAndErrors() {
        assertThatThrownBy(() -> property.check(1, () -> "x".charAt(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("not a refusal: java.lang.StringIndexOutOfBoundsException");
        assertThatThrownBy(() -> property.check(1, ParserPropertyTest::endless))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not a refusal: java.lang.StackOverflowError");
        assertThatThrownBy(() -> property.check(1, () -> {
                    throw new NumberFormatException();
                }))
                .as("a refusal that says nothing")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsTooMuchMemory() {
        ParserProperty bounded = property.allocates(1_000, 10);

        assertThat(bounded.check(1_000, () -> new byte[10_000])).isPresent();
        assertThatThrownBy(() -> bounded.check(1_000, () -> new byte[12_000]))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at most 1000 ms and 11000 bytes are allowed");
    }

    @Test
    void findsTooMuchTime() {
        assertThatThrownBy(() -> property.check(1, ParserPropertyTest::slow))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at most 1000 ms");
    }

    private static int endless() {
        return 1 + endless();
    }

    private static int slow() {
        long end = System.nanoTime() + 1_100_000_000L;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return 0;
    }
}
