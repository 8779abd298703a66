package io.catwalk.chart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Prometheus' own checker, as Debian's package {@code prometheus} installs it. */
final class Promtool {
    private Promtool() {}

    /**
     * Runs it to its end.
     *
     * @throws AssertionError with what it says, when it finds fault or isn't installed
     */
    static void run(String... words) {
        List<String> command =
                Stream.concat(Stream.of("promtool"), Stream.of(words)).toList();
        Process process = start(command);
        try (var output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + " says:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .directory(Path.of("").toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new AssertionError("no promtool: install Debian's package prometheus", e);
        }
    }
}
