package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;

/** A command of the operating system that ends soon. */
final class Command {
    private Command() {}

    /**
     * Runs it to its end.
     *
     * @return its exit status
     * @throws UncheckedIOException when it can't be started
     * @throws CancellationException when the thread is interrupted, which it stays
     */
    static int run(ProcessBuilder command) {
        try {
            return command.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}
