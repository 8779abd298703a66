package io.catwalk.local.demo;

import java.io.IOException;
import java.io.PrintStream;

/** Where the demo shows what happens. */
sealed interface Display permits Display.Terminal, Display.Plain {
    /** A line that stays. */
    void line(String text);

    /** A line that the next line replaces; an empty one only removes the last. */
    void status(String text);

    /** A line that stays where status lines don't show. */
    void milestone(String text);

    /** A display as the program's output is. */
    static Display of(PrintStream out) {
        return isTerminal() ? new Terminal(out) : new Plain(out);
    }

    /** Runs test(1), which inherits the output: Java itself knows it from release 22 on. */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Redraws the last line in place, by the control sequences of ECMA-48. */
    final class Terminal implements Display {
        private static final String CLEAR_LINE = "\r\033[2K";

        private final PrintStream out;
        private boolean statusShown;

        Terminal(PrintStream out) {
            this.out = out;
        }

        @Override
        public void line(String text) {
            clearStatus();
            out.println(text);
        }

        @Override
        public void status(String text) {
            clearStatus();
            out.print(text);
            out.flush();
            statusShown = !text.isEmpty();
        }

        private void clearStatus() {
            if (statusShown) {
                out.print(CLEAR_LINE);
                statusShown = false;
            }
        }

        @Override
        public void milestone(String text) {}
    }

    /** Only lines that stay, as for a file or a log. */
    record Plain(PrintStream out) implements Display {
        @Override
        public void line(String text) {
            out.println(text);
        }

        @Override
        public void status(String text) {}

        @Override
        public void milestone(String text) {
            line(text);
        }
    }
}
