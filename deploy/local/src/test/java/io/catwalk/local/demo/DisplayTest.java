package io.catwalk.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

class DisplayTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    @Test
    void aTerminalReplacesOnlyTheStatus() {
        show(new Display.Terminal(out));
        assertThat(text()).isEqualTo("one\nten %\r\033[2Ktwenty %\r\033[2Ktwo\nthirty %\r\033[2Kthree\n");
    }

    @Test
    void aFileGetsTheLinesThatStay() {
        show(new Display.Plain(out));
        assertThat(text()).isEqualTo("one\nhalf done\ntwo\nthree\n");
    }

    private static void show(Display display) {
        display.line("one");
        display.status("ten %");
        display.status("twenty %");
        display.milestone("half done");
        display.line("two");
        display.status("thirty %");
        display.status("");
        display.line("three");
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
