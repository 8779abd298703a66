package io.catwalk.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a JVM's heap holds once all garbage is collected. */
final class LiveHeap {
    private static final double MEBIBYTE = 1 << 20;

    private LiveHeap() {}

    /** By {@code jcmd}, which has the JVM collect first. */
    static double mebibytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process histogram = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                            .filter(line -> line.startsWith("Total"))
                            .mapToLong(line -> Long.parseLong(line.strip().split(" +")[2]))
                            .findFirst()
                            .orElseThrow(() -> new AssertionError(text))
                    / MEBIBYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
